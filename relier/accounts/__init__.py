"""Users and sign-in; the `Actor` of a deed."""
