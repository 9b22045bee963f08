"""What the system costs, as one table: `./bench`. Nothing here is a test, for a busy machine must not turn a change red."""
