#ifndef FACILITY_H
#define FACILITY_H

/* The facilities of the Windows SDK: winerror.h (HRESULT) and ntstatus.h (NTSTATUS), the customary
 * one where a number has several names; the names are spelled for people. NULL for no known one. */
const char *hresult_facility(unsigned number);
const char *ntstatus_facility(unsigned number);

#endif
