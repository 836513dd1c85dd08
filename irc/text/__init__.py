"""The textual form: parser and printer."""
