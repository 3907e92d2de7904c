# Characters outside of the basic plane count twice in the columns.
x = "😀"; y = "😀😀" + x; z = f"😀{x}😀{y!r:😀}"
𝒳 = 𝓎 = "𝒵"; w = 𝒳
def f(𝒶="😀", *, b: "😀" = 1) -> "😀": return 𝒶
