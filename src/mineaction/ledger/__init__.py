"""What were we told, by whom, when, and has anything been changed. No meaning."""
