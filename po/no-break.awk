# SPDX-License-Identifier: Apache-2.0
# fr.po as msgfmt gets it.  Its French is typed with the space bar; the spaces that no line may end with are made here, and in the French alone:
# before : ; ! ? » % and a unit, after « and n°.
/^(#|msgid|$)/ { french = 0 }
/^msgstr/ { french = 1 }
french {
	n = "\302\240"
	gsub(/« /, "«" n)
	gsub(/n° /, "n°" n)
	gsub(/ »/, n "»")
	gsub(/ :/, n ":")
	gsub(/ ;/, n ";")
	gsub(/ !/, n "!")
	gsub(/ [?]/, n "?")
	gsub(/ %%/, n "%%")
	while (match($0, /[0-9] %[] ,;.)]/)) # of a message that is no format
		$0 = substr($0, 1, RSTART) n substr($0, RSTART + 2)
	gsub(/ Kio/, n "Kio")
	gsub(/ Mio/, n "Mio")
	gsub(/ Gio/, n "Gio")
	gsub(/ Mo/, n "Mo")
	gsub(/ ko/, n "ko")
}
{ print }
