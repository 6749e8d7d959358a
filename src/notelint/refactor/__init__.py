"""Files moved and headings renamed, with every link that leads to them."""
