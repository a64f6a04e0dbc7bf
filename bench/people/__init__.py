"""How real and how varied rendered people are: one file a measure, over frames kept in a folder."""
