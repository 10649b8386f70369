/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <pthread.h>
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
