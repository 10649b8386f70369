# SPDX-License-Identifier: Apache-2.0
EXTRA_DIST += tests/outoftree/installcheck.sh tests/outoftree/plugin/Makefile tests/outoftree/plugin/cri.c
installcheck-local:
	"$(srcdir)"/tests/outoftree/installcheck.sh "$(abs_srcdir)/tests/outoftree" $(bindir) $(libdir) $(datadir)
	"$(srcdir)"/tests/outoftree/tutorial.sh "$(abs_srcdir)" $(bindir) $(libdir) $(datadir)
	"$(srcdir)"/tests/outoftree/kinds.sh $(bindir) $(libdir) $(datadir)
EXTRA_DIST += tests/outoftree/tutorial.sh tests/outoftree/kinds.sh doc/plugin-author.md
