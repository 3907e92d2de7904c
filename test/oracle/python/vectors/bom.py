A = "é"
B = A  # after a byte-order mark
