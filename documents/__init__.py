"""Paper in, paper out: plans read, invitations written."""
