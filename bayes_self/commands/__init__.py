"""What `bayes-self` can be asked, one family of commands a file. Nothing heavy is imported before it is needed."""
