"""How far one has come: a programme's figures for the public page and the boards, out of the kept totals."""
