"""What the law and the centre say of how long things are kept: plain values, no database."""
