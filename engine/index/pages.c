/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the pages of the data file, which LMDB trusts: a damaged page can make it read outside of the file, or miss a record that
 * is there.
 *
 * A check, and a writer, first read all pages with pread, and use LMDB only if every tree is consistent.  A reader has no time for
 * that: it checks the meta pages, and the page at which a search ended without a result.  Only this file knows the page layout of
 * LMDB 0.9 (data version 1, unchanged since 2011); numbers have the byte order and word size (« word ») of the machine, as in LMDB.
 *
 *  page    word number, u16 unused, u16 flags, then u16 lower and u16 upper bound of the free room (u32 count on a large page)
 *  meta    u32 magic, u32 version, word address, word map size, two trees (free pages, main), word last page, word transaction
 *  tree    u32 unused, u16 flags, u16 depth, word branch, leaf and large pages, word entries, word root
 *  node    u16 low, u16 high, u16 flags, u16 key size, key, then the value: here, or the number of its first large page */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/intl.h"
#include "index/pages.h"

#define MAGIC 0xBEEFC0DEu
enum { W = sizeof(size_t), P_BRANCH = 1, P_LEAF = 2, P_LARGE = 4, NODE_LARGE = 1, NODE_TREE = 2, HEAD = W + 8, NODE_HEAD = 8, TREE = 8 + 5 * W };
enum { META_TREES = 8 + 2 * W, META_LAST = META_TREES + 2 * TREE, META_TXN = META_LAST + W, META = META_TXN + W };
#define NO_PAGE SIZE_MAX
#define MAX_DEPTH 32u

struct tree {
	uint16_t flags, depth;
	uint64_t branch, leaf, large, entries, root;
};

struct walk {
	int fd;
	uint32_t psize;
	uint64_t pages;   /* of this transaction: last page + 1; those at the end that are free may never have been written */
	uint64_t size;    /* of the file, in pages */
	uint8_t *seen;    /* bit per page */
	uint8_t *buf[MAX_DEPTH + 1];
	uint64_t branch, leaf, large, entries;
	uint64_t faults;
	const char *name; /* of the tree, for messages */
	aur_say say;
	void *ctx;
	int main;         /* leaves hold trees */
	struct named {
		char name[64];
		struct tree t;
	} *sub;
	uint32_t nsub, subcap;
};

static uint16_t u16(const uint8_t *p)
{
	uint16_t v;
	memcpy(&v, p, sizeof v);
	return v;
}

static uint32_t u32(const uint8_t *p)
{
	uint32_t v;
	memcpy(&v, p, sizeof v);
	return v;
}

static uint64_t word(const uint8_t *p)
{
	size_t v;
	memcpy(&v, p, sizeof v);
	return v;
}

static struct tree tree_at(const uint8_t *p)
{
	return (struct tree){.flags = u16(p + 4), .depth = u16(p + 6), .branch = word(p + 8), .leaf = word(p + 8 + W), .large = word(p + 8 + 2 * W),
			     .entries = word(p + 8 + 3 * W), .root = word(p + 8 + 4 * W)};
}

static int fault(struct walk *w, uint64_t page, const char *what)
{
	char msg[300];
	if (w->faults++ < 20) {
		snprintf(msg, sizeof msg, _("page %llu of the data file (%s): %s"), (unsigned long long)page, w->name, what);
		w->say(w->ctx, 1, msg);
	}
	return 0;
}

static int read_page(struct walk *w, uint64_t no, uint8_t *to)
{
	if (no >= w->pages)
		return fault(w, no, _("a reference points outside the file"));
	return pread(w->fd, to, w->psize, (off_t)(no * w->psize)) == (ssize_t)w->psize ? 1 : fault(w, no, _("the file ends before it"));
}

/* Marks n pages as owned; a fault if one of them is already. */
static int take(struct walk *w, uint64_t no, uint64_t n)
{
	if (no < 2 || no >= w->pages || n > w->pages - no)
		return fault(w, no, _("a reference points outside the file"));
	for (uint64_t i = no; i < no + n; i++) {
		if (w->seen[i >> 3] >> (i & 7) & 1)
			return fault(w, i, _("it belongs to two owners"));
		w->seen[i >> 3] |= (uint8_t)(1u << (i & 7));
	}
	return 1;
}

static int compare(const uint8_t *a, size_t an, const uint8_t *b, size_t bn)
{
	int c = memcmp(a, b, an < bn ? an : bn);
	return c ? c : (an > bn) - (an < bn);
}

/* Keys of the tree of free pages are transaction numbers. */
static int compare_free(const uint8_t *a, const uint8_t *b)
{
	uint64_t x = word(a), y = word(b);
	return (x > y) - (x < y);
}

static int value_large(struct walk *w, uint64_t no, size_t size, aur_buf *copy)
{
	uint8_t head[HEAD];
	uint64_t n = ((uint64_t)HEAD + size + w->psize - 1) / w->psize;
	if (no >= w->pages || n > w->pages - no || no + n > w->size)
		return fault(w, no, _("a large value points outside the file"));
	if (pread(w->fd, head, HEAD, (off_t)(no * w->psize)) != HEAD)
		return fault(w, no, _("the file ends before it"));
	if (word(head) != no || !(u16(head + W + 2) & P_LARGE) || (uint64_t)(u16(head + W + 4) | (uint32_t)u16(head + W + 6) << 16) != n)
		return fault(w, no, _("it does not hold the large value that it should"));
	w->large += n;
	if (!take(w, no, n))
		return 0;
	if (copy) {
		copy->n = 0;
		aur_buf_room(copy, size);
		if (pread(w->fd, copy->p, size, (off_t)(no * w->psize + HEAD)) != (ssize_t)size)
			return fault(w, no, _("the file ends before it"));
		copy->n = size;
	}
	return 1;
}

/* Marks the free pages that a record lists: their count, then their numbers, the highest first. */
static int free_list(struct walk *w, uint64_t page, const uint8_t *p, uint64_t size)
{
	uint64_t n = size >= W ? word(p) : UINT64_MAX;
	if (n > (size - W) / W)
		return fault(w, page, _("a list of free pages is longer than its record"));
	for (uint64_t i = 0; i < n; i++)
		if (!take(w, word(p + W + W * i), 1))
			return 0;
	return 1;
}

static int leaf_value(struct walk *w, uint64_t page, const uint8_t *node, int free_tree, aur_buf *tmp)
{
	size_t size = u16(node) | (size_t)u16(node + 2) << 16;
	uint16_t flags = u16(node + 4), ks = u16(node + 6);
	const uint8_t *v = node + NODE_HEAD + ks;
	if (flags & ~(NODE_LARGE | NODE_TREE))
		return fault(w, page, _("a record is of the wrong kind for its place"));
	w->entries++;
	if (flags & NODE_LARGE) {
		if (flags & NODE_TREE)
			return fault(w, page, _("a record is of the wrong kind for its place"));
		if (!value_large(w, word(v), size, free_tree ? tmp : NULL))
			return 0;
		v = tmp->p;
	}
	if (free_tree)
		return free_list(w, page, v, size);
	if (!!(flags & NODE_TREE) != w->main)
		return fault(w, page, _("a record is of the wrong kind for its place"));
	if (w->main) {
		if (size != TREE || ks >= sizeof w->sub->name)
			return fault(w, page, _("the description of a database does not have the right size"));
		AUR_GROW(w->sub, w->nsub, w->subcap);
		struct named *s = &w->sub[w->nsub++];
		memcpy(s->name, node + NODE_HEAD, ks);
		s->name[ks] = 0;
		s->t = tree_at(v);
	}
	return 1;
}

/* Checks a page of a tree by itself: NULL, or what is wrong with it. */
static const char *page_fault(const uint8_t *p, uint32_t psize, uint64_t no, int free_tree)
{
	unsigned flags = u16(p + W + 2) & 0x0F, lower = u16(p + W + 4), upper = u16(p + W + 6);
	if (word(p) != no || (flags != P_BRANCH && flags != P_LEAF) || lower < HEAD || upper < lower || upper > psize || (lower & 1))
		return _("its header is damaged");
	unsigned n = (lower - HEAD) / 2, used = 0;
	if (!n || (flags == P_BRANCH && n < 2))
		return _("it holds nothing");
	const uint8_t *last = NULL;
	for (unsigned i = 0; i < n; i++) {
		unsigned at = u16(p + HEAD + 2 * i);
		if (at < upper || (at & 1) || at + NODE_HEAD > psize)
			return _("a record points outside its page");
		const uint8_t *node = p + at, *key = node + NODE_HEAD;
		unsigned ks = u16(node + 6), here = flags == P_BRANCH ? 0 : u16(node + 4) & NODE_LARGE ? W : u16(node) | (uint32_t)u16(node + 2) << 16;
		if (ks > psize - at - NODE_HEAD)
			return _("a key points outside its page");
		if (here > psize - at - NODE_HEAD - ks)
			return _("a record points outside its page");
		used += (NODE_HEAD + ks + here + 1) & ~1u;
		if (flags == P_BRANCH && i == 0) /* has no key of its own */
			continue;
		if (!ks || ks > 511 || (free_tree && ks != W))
			return _("a key has an impossible length");
		if (last && (free_tree ? compare_free(last + NODE_HEAD, key) : compare(last + NODE_HEAD, u16(last + 6), key, ks)) >= 0)
			return _("its keys are out of order");
		last = node;
	}
	return used == psize - upper ? NULL : _("its records do not fill the room that they should");
}

const char *aur_page_around(const void *record, uint32_t psize)
{
	if (psize > (uint32_t)sysconf(_SC_PAGESIZE)) /* a file of another machine: pages are not aligned */
		return NULL;
	const uint8_t *p = (const uint8_t *)((uintptr_t)record & ~(uintptr_t)(psize - 1));
	return page_fault(p, psize, word(p), 0);
}

const uint8_t *aur_page_map(const void *record, uint32_t psize)
{
	if (psize > (uint32_t)sysconf(_SC_PAGESIZE))
		return NULL;
	const uint8_t *p = (const uint8_t *)((uintptr_t)record & ~(uintptr_t)(psize - 1));
	uint64_t no = word(p);
	return no < (uintptr_t)p / psize ? p - no * psize : NULL;
}

/* Checks a page and all pages below it.  `last`: the greatest key so far in the tree; *any: 0 there is none yet, 1
 * it is from a leaf, 2 it is from a branch. */
static int walk_page(struct walk *w, uint64_t no, unsigned depth, unsigned want, int free_tree, aur_buf *last, int *any, aur_buf *tmp)
{
	if (depth > MAX_DEPTH || depth > want)
		return fault(w, no, _("the tree is deeper than it says"));
	if (!take(w, no, 1))
		return 0;
	if (!w->buf[depth])
		w->buf[depth] = aur_xmalloc(w->psize);
	uint8_t *p = w->buf[depth];
	if (!read_page(w, no, p))
		return 0;
	const char *what = page_fault(p, w->psize, no, free_tree);
	if (what)
		return fault(w, no, what);
	unsigned flags = u16(p + W + 2) & 0x0F, n = (u16(p + W + 4) - HEAD) / 2u;
	if ((flags == P_LEAF) != (depth == want))
		return fault(w, no, _("the tree is not as deep as it says"));
	if (flags == P_BRANCH)
		w->branch++;
	else
		w->leaf++;
	for (unsigned i = 0; i < n; i++) {
		const uint8_t *node = p + u16(p + HEAD + 2 * i), *key = node + NODE_HEAD;
		unsigned ks = u16(node + 6);
		/* compare with the page before: page_fault checked the keys of this page.  The first key of a branch
		 * is empty */
		if (flags == P_LEAF ? i == 0 : i > 0) {
			int c = !*any ? 1 : free_tree ? compare_free(key, last->p) : compare(key, ks, last->p, last->n);
			/* a branch repeats the first key of the page below */
			if (c < 0 || (c == 0 && !(flags == P_LEAF && *any == 2)))
				return fault(w, no, _("its keys are out of order"));
		}
		if (flags == P_LEAF ? i == n - 1 : i > 0) {
			last->n = 0;
			aur_buf_put(last, key, ks);
			*any = flags == P_LEAF ? 1 : 2;
		}
		if (flags == P_LEAF) {
			if (!leaf_value(w, no, node, free_tree, tmp))
				return 0;
		} else {
			uint64_t child = u16(node) | (uint64_t)u16(node + 2) << 16 | (W > 4 ? (uint64_t)u16(node + 4) << 32 : 0);
			if (!walk_page(w, child, depth + 1, want, free_tree, last, any, tmp))
				return 0;
		}
	}
	return 1;
}

static void walk_tree(struct walk *w, const char *name, struct tree t, int free_tree, int is_main)
{
	aur_buf last = {0}, tmp = {0};
	int any = 0;
	w->name = name;
	w->main = is_main;
	w->branch = w->leaf = w->large = w->entries = 0;
	if (t.flags & ~(free_tree ? 0x08u : 0u)) /* MDB_INTEGERKEY for free pages, none for others */
		fault(w, 0, _("a database has flags that auricule does not use"));
	else if (t.root == NO_PAGE && (t.depth || t.entries))
		fault(w, 0, _("an empty tree claims to hold something"));
	else if (t.root != NO_PAGE && walk_page(w, t.root, 1, t.depth, free_tree, &last, &any, &tmp) &&
		 (w->branch != t.branch || w->leaf != t.leaf || w->large != t.large || w->entries != t.entries))
		fault(w, t.root, _("a tree does not hold the number of pages and records that it declares"));
	aur_buf_free(&last);
	aur_buf_free(&tmp);
}

/* Reads the two trees as of transaction txn from the meta pages, which hold those of the last two commits.  They
 * have no checksum, but commit n goes to page n % 2, so that an altered number shows.  Returns 1: found, 0: not
 * there, -1: damaged. */
static int meta_find(int fd, uint32_t psize, uint64_t txn, struct tree t[2], uint64_t *pages)
{
	uint8_t m[HEAD + META];
	uint64_t no[2];
	int found = 0;
	for (unsigned i = 0; i < 2; i++) {
		if (pread(fd, m, sizeof m, (off_t)((uint64_t)i * psize)) != (ssize_t)sizeof m)
			return -1;
		const uint8_t *p = m + HEAD;
		no[i] = word(p + META_TXN);
		if (u32(p) != MAGIC || u32(p + 4) != 1)
			return -1;
		if (no[i] != txn)
			continue;
		t[0] = tree_at(p + META_TREES);
		t[1] = tree_at(p + META_TREES + TREE);
		*pages = word(p + META_LAST) + 1;
		found = 1;
	}
	if (no[0] != no[1] ? (no[0] & 1) || !(no[1] & 1) || (no[0] > no[1] ? no[0] - no[1] : no[1] - no[0]) != 1 : no[0] != 0)
		return -1;
	return found;
}

uint64_t aur_pages_commits(const char *file)
{
	uint8_t m[HEAD + META];
	uint64_t last = 0;
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno != ENOENT)
		return UINT64_MAX;
	for (int i = 0; i < 2 && fd >= 0 && last < UINT64_MAX; i++) {
		ssize_t n = pread(fd, m, sizeof m, i * sysconf(_SC_PAGESIZE));
		if (n < 0)
			last = UINT64_MAX;
		else if (n == (ssize_t)sizeof m && u32(m + HEAD) == MAGIC)
			last = word(m + HEAD + META_TXN) > last ? word(m + HEAD + META_TXN) : last;
	}
	if (fd >= 0)
		close(fd);
	return last;
}

int aur_pages_foreign(const char *file)
{
	uint8_t m[20];
	int fd = open(file, O_RDONLY | O_CLOEXEC), foreign = 0;
	if (fd < 0)
		return 0;
	if (pread(fd, m, sizeof m, 0) == (ssize_t)sizeof m && u32(m + HEAD) != MAGIC)
		for (unsigned at = 12; at <= 16; at += 4) /* after a page header of 32 bits, of 64 bits */
			foreign |= aur_get32(m + at) == MAGIC || aur_getbe32(m + at) == MAGIC;
	close(fd);
	return foreign;
}

int aur_pages_heads(aur_store *s)
{
	int fd;
	struct tree t[2];
	uint64_t pages;
	MDB_envinfo info;
	MDB_stat ms;
	if (mdb_env_get_fd(s->env, &fd))
		return 1;
	mdb_env_stat(s->env, &ms);
	for (int i = 0; i < 5; i++) { /* a writer may commit between two reads */
		mdb_env_info(s->env, &info);
		if (meta_find(fd, ms.ms_psize, info.me_last_txnid, t, &pages) == 1)
			return 1;
	}
	return 0;
}

uint64_t aur_pages_check(aur_store *s, MDB_txn *txn, uint64_t *npages, aur_say say, void *ctx)
{
	struct walk w = {.say = say, .ctx = ctx, .name = _("start")};
	MDB_stat ms;
	struct stat st;
	struct tree t[2];
	*npages = 0;
	mdb_env_stat(s->env, &ms);
	w.psize = ms.ms_psize;
	if (mdb_env_get_fd(s->env, &w.fd) || w.psize < 512 || w.psize > 65536)
		return fault(&w, 0, _("its size is impossible")), w.faults;
	/* a writer may commit between two reads: then try again; only after that get the size of the file */
	int found = meta_find(w.fd, w.psize, mdb_txn_id(txn), t, &w.pages);
	for (int i = 0; found != 1 && i < 5 && !aur_store_txn_again(s, txn, NULL); i++)
		found = meta_find(w.fd, w.psize, mdb_txn_id(txn), t, &w.pages);
	if (found != 1)
		return fault(&w, 0, _("the first two pages do not describe the last commit")), w.faults;
	if (fstat(w.fd, &st))
		return fault(&w, 0, _("its size is impossible")), w.faults;
	w.size = (uint64_t)st.st_size / w.psize;
	if (w.pages < 2 || w.pages > 2 * w.size + 65536)
		return fault(&w, w.pages, _("the file is shorter than it says")), w.faults;
	w.seen = aur_xcalloc((size_t)(w.pages / 8 + 1), 1);
	walk_tree(&w, _("list of databases"), t[1], 0, 1);
	for (uint32_t i = 0; i < w.nsub; i++)
		walk_tree(&w, w.sub[i].name, w.sub[i].t, 0, 0);
	walk_tree(&w, _("free pages"), t[0], 1, 0);
	*npages = w.pages;
	for (unsigned i = 0; i <= MAX_DEPTH; i++)
		free(w.buf[i]);
	free(w.seen);
	free(w.sub);
	return w.faults;
}
