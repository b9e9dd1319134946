"""Plain rules of the daily work: values in, values out, no database."""
