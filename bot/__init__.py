"""What people see: conversations, words, web face, command line."""
