"""The pages of rights: of one person, of the centre's terms, of its sealed archives."""
