"""The cache: entries of notes and the parsed configuration, kept between runs in a folder."""
