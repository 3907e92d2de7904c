# -*- coding: latin-1 -*-
prénom = "Zoë"; x = prénom
f"{prénom}é{x}"
"€Ÿ"
