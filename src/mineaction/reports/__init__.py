"""What do we report: checks of public statements now; treaty forms and annual reports when they come. No store, no access."""
