/* SPDX-License-Identifier: Apache-2.0 */
/* Which symbols a shared object exports, read from its file, as the loader does not list them. */
#include "config.h"
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "conform/symbols.h"

static int inside(size_t size, uint64_t from, uint64_t n)
{
	return from <= size && n <= size - from;
}

/* Symbols that the linker adds on its own, or that are reserved for the compiler and its sanitizers. */
static int of_the_tools(const char *s)
{
	static const char *const names[] = {"_init", "_fini", "_edata", "_end"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(s, names[i]))
			return 1;
	return s[0] == '_' && s[1] == '_';
}

/* Weak symbols that a C++ compiler makes from templates of its library, in any plugin, and that -fvisibility does not hide.  Names
 * are as in the Itanium ABI: _ZNSt3map…, _ZTISt…, _ZSs…, of namespace std and its short forms. */
static int of_cxx(const char *s, int bind)
{
	if ((bind != STB_WEAK && bind != STB_GNU_UNIQUE) || strncmp(s, "_Z", 2))
		return 0;
	s += 2;
	s += (*s == 'T' || *s == 'G') && s[1] ? 2 : 0;
	s += *s == 'N';
	s += strspn(s, "rVK");
	return (*s == 'S' && s[1] && strchr("tabsiod", s[1])) || !strncmp(s, "9__gnu_cxx", 10);
}

static unsigned read_symbols(const uint8_t *p, size_t size, const char *expected, aur_buf *names)
{
	const ElfW(Ehdr) *h = (const void *)p;
	unsigned n = 0;
	if (size < sizeof *h || memcmp(h->e_ident, ELFMAG, SELFMAG) || h->e_shentsize != sizeof(ElfW(Shdr)) ||
	    !inside(size, h->e_shoff, (uint64_t)h->e_shnum * sizeof(ElfW(Shdr))))
		return 0;
	const ElfW(Shdr) *section = (const void *)(p + h->e_shoff);
	for (unsigned i = 0; i < h->e_shnum; i++) {
		const ElfW(Shdr) *s = &section[i];
		if (s->sh_type != SHT_DYNSYM || s->sh_link >= h->e_shnum || !inside(size, s->sh_offset, s->sh_size))
			continue;
		const ElfW(Shdr) *strings = &section[s->sh_link];
		const ElfW(Sym) *sym = (const void *)(p + s->sh_offset);
		if (!inside(size, strings->sh_offset, strings->sh_size) || !strings->sh_size ||
		    p[strings->sh_offset + strings->sh_size - 1])
			continue;
		for (size_t k = 0; k < s->sh_size / sizeof *sym; k++) {
			int bind = ELF64_ST_BIND(sym[k].st_info), seen = ELF64_ST_VISIBILITY(sym[k].st_other);
			if (sym[k].st_shndx == SHN_UNDEF || bind == STB_LOCAL || seen == STV_HIDDEN ||
			    sym[k].st_name >= strings->sh_size)
				continue;
			const char *name = (const char *)p + strings->sh_offset + sym[k].st_name;
			if (!strcmp(name, expected) || of_the_tools(name) || of_cxx(name, bind))
				continue;
			if (n++ < 3)
				aur_buf_printf(names, "%s%s", names->n ? ", " : "", name);
		}
	}
	return n;
}

unsigned aur_symbols_beside(const char *path, const char *expected, aur_buf *names)
{
	unsigned n = 0;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && !fstat(fd, &st) && st.st_size > 0) {
		void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (p != MAP_FAILED) {
			n = read_symbols(p, (size_t)st.st_size, expected, names);
			munmap(p, (size_t)st.st_size);
		}
	}
	if (fd >= 0)
		close(fd);
	return n;
}
