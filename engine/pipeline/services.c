/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <pthread.h>
#include "base/intl.h"
#include "pipeline/serves.h"
#include "pipeline/services.h"

static aur_host services;

static void gather(void)
{
	aur_serves_layers(&services);
	aur_serves_tokenizer(&services);
	aur_serves_annotator(&services);
	aur_serves_reader(&services);
}

const aur_host *aur_services(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, gather);
	return &services;
}

aur_code aur_chain_open(const char *path, const char *xml, int what, aur_chain **out, aur_error *err)
{
	return aur_chain_read(aur_services(), path, xml, what, out, err);
}

aur_code aur_chain_kept(const char *path, const char *kept, int what, aur_chain **out, aur_error *err)
{
	aur_error e;
	char text[sizeof e.file + sizeof e.text + 40];
	aur_code c = aur_chain_open(path, path ? NULL : kept, what, out, &e);
	if (c != AURE_IO || path || !kept)
		return !c || !err ? c : (*err = e, c);
	return aur_fail(err, c, _("%s; the corpus was made with it: « auricule retheme -p FILE », with the pipeline.xml of the current lexicons, tells the corpus where they are"),
			aur_error_format(&e, text, sizeof text));
}
