"""The elements of HTML, by what they do to the lines that they are in."""

from __future__ import annotations

# Phrasing content without embedded media (HTML, 3.2.5.2.5), and the obsolete elements of its kind.
_IN_LINES = """
a abbr acronym b bdi bdo big br button cite code data del dfn em font i img input ins kbd label
mark meter output progress q rp rt ruby s samp select small span strike strong sub sup time tt u
var wbr
"""

_OTHERS = """
address applet area article aside audio base basefont blink blockquote body canvas caption center
col colgroup datalist dd details dialog dir div dl dt embed fieldset figcaption figure footer form
frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li link main map
marquee math menu meta nav nobr noframes noscript object ol optgroup option p param path picture
pre script search section source style summary svg table tbody td template textarea tfoot th thead
title tr track ul video
"""

_EMPTY = "area base br col embed hr img input link meta param source track wbr"  # HTML, 13.1.2

VOID = frozenset(_EMPTY.split())
INLINE = frozenset(_IN_LINES.split())
KNOWN = INLINE | frozenset(_OTHERS.split())
WRAPPERS = frozenset({"article", "aside", "blockquote", "center", "div", "figure", "section"})
"""The elements that may be around anything, and show little or nothing of their own."""

_OBSOLETE = """
bgsound command content image isindex keygen listing menuitem multicol noembed plaintext portal rb
rtc shadow slot spacer xmp
"""

_SVG = """
animate animatemotion animatetransform circle clippath defs desc ellipse feblend fecolormatrix
fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap
fedistantlight fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur feimage femerge
femergenode femorphology feoffset fepointlight fespecularlighting fespotlight fetile feturbulence
filter foreignobject line lineargradient marker mask metadata mpath pattern polygon polyline
radialgradient rect set stop switch symbol text textpath tspan use view
"""

_MATHML = """
annotation annotation-xml maction merror mfrac mi mmultiscripts mn mo mover mpadded mphantom
mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder
munderover none semantics
"""

INSIDE = frozenset(_SVG.split()) | frozenset(_MATHML.split())
"""The elements that have a meaning inside `<svg>` and `<math>` only."""

ELEMENTS = KNOWN | INSIDE | frozenset(_OBSOLETE.split())
"""All elements of HTML, SVG and MathML, those of old times with them."""
