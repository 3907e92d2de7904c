# coding: koi8-r
имя = "значение"; z = имя
