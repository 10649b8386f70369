#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Puts the parts of Vega that a page needs into one script, out of a Debian package (libjs-vega: one file per module).  Each module is
# wrapped, because as plain scripts they overwrite one another; maps, geography, forces and loaders of data stay out.
#   bundle-vega.sh FOLDER > vega.js
set -eu
dir=$1
modules="util time format expression event-selector canvas loader statistics dataflow scale scenegraph encode transforms
view-transforms selection functions runtime view parser interpreter"
cat <<'EOF'
/* Vega, https://vega.github.io/vega/ - Copyright (c) 2015-2021, University of Washington Interactive Data Lab. All rights reserved.
Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following
conditions are met: 1. Redistributions of source code must retain the above copyright notice, this list of conditions and the
following disclaimer. 2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the
following disclaimer in the documentation and/or other materials provided with the distribution. 3. Neither the name of the
copyright holder nor the names of its contributors may be used to endorse or promote products derived from this software without
specific prior written permission. THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR
IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE
ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL,
EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA,
OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
(INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH
DAMAGE. */
var auriculeVega = (function () {
var known = {};
function load(name) { return known[name === "vega-selections" ? "vega-selection" : name] || {}; }
EOF
for m in $modules; do
	file=$dir/vega-$m.min.js
	if [ ! -r "$file" ]; then
		echo "bundle-vega.sh: $file is missing; install libjs-vega" >&2
		exit 1
	fi
	printf '(function (exports, module, require) {\n'
	# no source map is asked for, and nothing ends the script element early
	sed -e '/^\/\/# sourceMappingURL=/d' -e 's,</script,<\\/script,g' -e 's,<!--,<\\!--,g' "$file"
	printf '\n})(known["vega-%s"] = {}, {}, load);\n' "$m"
done
cat <<'EOF'
Object.assign(known["vega-dataflow"].transforms, known["vega-view-transforms"], known["vega-transforms"], known["vega-encode"]);
return { View: known["vega-view"].View, parse: known["vega-parser"].parse, interpreter: known["vega-interpreter"].expressionInterpreter };
})();
EOF
