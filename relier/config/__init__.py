"""The front door: settings, addresses, base templates and the `relier` command."""
