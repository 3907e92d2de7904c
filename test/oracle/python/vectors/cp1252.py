#!/usr/bin/env python
# vim: set fileencoding=cp1252 :
prix = "10 €"; y = prix
