"""Tools for those who write Relier. Nothing here is shipped to a centre."""
