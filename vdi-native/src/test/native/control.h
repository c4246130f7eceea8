// How tests look into the doubles and give them orders. Both libraries export these functions.
//
// All functions may be called from any thread. Texts are UTF-8. Unless it says otherwise an order
// concerns the calling process and lasts until sluice_double_reset().
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// ---- the server's end

// A new object with the vtable of IServerVirtualDeviceSet2 and one reference. Always 0.
int32_t sluice_double_new_server(void** out);

// Stops the server ends of this process on a set without closing anything, as if their process had
// been killed: nothing of theirs is answered any more, no routine runs, the client must find out.
// Returns how many there were. The objects can still be closed and released.
int32_t sluice_double_server_die(const char* set_name);

// ---- a server that streams on threads of its own
//
// Options are lines name=value; flags are 0 or 1:
//
//   set, instance       which set; it is waited for
//   attach_millis       how long (30000)
//   names               the devices' names, separated by | (the set's, then set-1, set-2, ...)
//   restore             Read and not Write
//   snapshot            bytes of metadata, PrepareToFreeze in the middle if asked for, then
//                       Snapshot; on restore MountSnapshot after the metadata
//   complete            enable VDC_Complete if the client asks for it (1)
//   past_end            restore: read until the client reports the end of data
//   bytes               per device; a backup's are whole blocks
//   block_size          (65536)
//   max_transfer        (1048576); transfer: of each command (max_transfer)
//   vary                transfers of random numbers of blocks, up to transfer
//   buffers             of max_transfer, for all devices together (8, at least one per device)
//   outstanding         commands per device at once (4, as far as there are buffers)
//   flush_every         a Flush among each so many commands of a device (0)
//   unknown_every       an unknown command after each so many commands of a device (0)
//   fill                all, stamps (keeps what is in the buffer but for 16 bytes in 4096: cheap,
//                       for clients that change no byte of a buffer), none
//   verify              restore: compare every byte (1)
//   seed                of bytes and sizes (1)
//   delay_micros        before each command (0)
//   abort_device, abort_command    abort instead of sending that command (0 and 1 the first)
//   abort_stage         abort once connected, configurable, initializing, or opened
//   abort_after_micros  abort so long after attaching
//   die_device, die_command        die, as sluice_double_server_die, instead of sending a command
//
// The bytes of a device's stream are those of sluice_double_pattern.

// Returns a handle, or 0 and a violation for bad options.
int64_t sluice_double_stream_start(const char* options);

// The server aborts, whatever it does.
void sluice_double_stream_abort(int64_t handle);

// Waits for the end; a negative time-out is for ever. Returns the length of the result, or -1 when
// the end did not come, or the handle is unknown. Once per stream. The result is lines name=value:
//
//   verdict             ok; failed (the client's fault, or an order); mismatch (restored bytes are
//                       wrong); aborted; died; unattached
//   failure             what happened first, for people
//   agent, close        what ExecuteCompletionAgent and Close returned
//   features            the final ones
//   device.N.bytes, device.N.commands    transferred with success, and sent
//   device.N.code.C     how many commands were answered with code C
int32_t sluice_double_stream_join(int64_t handle, int64_t timeout_millis, char* result,
                                  int32_t length);

// Writes a part of a device's stream.
void sluice_double_pattern(uint64_t seed, int32_t device, uint64_t position, uint8_t* to,
                           int64_t length);

// The index of the first byte that is not the stream's, or -1.
int64_t sluice_double_pattern_check(uint64_t seed, int32_t device, uint64_t position,
                                    const uint8_t* data, int64_t length);

// ---- violations: rules the caller broke

int64_t sluice_double_violations(void);
// Copies the text of one, 0 the first; returns its length in bytes, 0 when there is none. Only the
// first 1000 texts are kept.
int32_t sluice_double_violation(int64_t index, char* text, int32_t length);

// ---- counters, by name; -1 for an unknown name
//
//   sets                       client sets open now
//   server_sets                server sets open now
//   devices                    client devices open now (not released, their set not closed)
//   server_devices             server devices now
//   agents                     completion agents at work now
//   references                 references to COM objects, constructed ClientVirtualDeviceSets
//   devices_dropped_at_close   devices of either end not released before Close (of a client of
//                              libsqlvdi.so all: it has no release)
//   apartments                 entered minus left, over all threads
//   mappings, mapped_bytes     memory mapped by the double now
//   files                      file descriptors open now
//   calls_inside               threads inside a function of the double now
//   closes_with_outstanding    Close with commands fetched and not given back
//   outstanding                commands fetched and not given back, now
//   fetched, completed         commands delivered, and given back (refused after an abort, too)
//   umask_at_create            the process's umask at the last Create, -1 before
//   group_may_access           1 if the memory the last Create made is open to the group, -1 before
//   umask_at_open              the mask at the last OpenDevice or OpenInSecondary, -1 before
int64_t sluice_double_counter(const char* name);

// Processor time of this process so far, all threads, in nanoseconds.
int64_t sluice_double_cpu_nanos(void);

// Forgets violations, faults, delays and settings; sets to 0 the counters that are no balance.
void sluice_double_reset(void);

// ---- faults
//
// Functions of the client: CoInitializeEx CoUninitialize CoCreateInstance QueryInterface Create
// (also CreateEx) GetConfiguration OpenDevice Close SignalAbort OpenInSecondary (also ...Ex)
// GetBufferHandle MapBufferHandle GetCommand CompleteCommand. Of the server: Server.Open
// Server.GetConfiguration Server.BeginConfiguration Server.EndConfiguration Server.RequestBuffers
// Server.QueryAvailableBuffers Server.ExecuteCompletionAgent Server.OpenDevice
// Server.AllocateBuffer Server.FreeBuffer Server.SignalAbort Server.Close Server.SendCommand
// Server.CloseDevice. An unknown name returns 0, a known one 1.

// The nth call from now (1: the next) and those after it, `times` in all (-1: all), return the
// status and do nothing. A refused SendCommand runs its routine, as the rule is.
int32_t sluice_double_fail(const char* function, int32_t nth, int32_t times, int32_t hresult);

// Every call takes so many milliseconds longer, before anything else; 0 ends it.
int32_t sluice_double_delay(const char* function, int32_t millis);

// Aborts a set, as its server would, at the nth command (1: the first) of a device (0: the first).
// moment 0: just before the client fetches it; 1: as the client fetches it, so that it has it in
// its hands; 2: when the client completes it. An empty name is any set. Once.
void sluice_double_abort_at(const char* set_name, int32_t device, int64_t command, int32_t moment);

// ---- settings of sets created or opened from now on

// Commands a device takes before the client has completed one: 1 to 64, at first 64.
void sluice_double_set_queue_depth(int32_t depth);

// 1: a buffer's memory can be accessed by the client only while it has the command, and by the
// server only while it has not, or has aborted. Costs four system calls a command.
void sluice_double_set_strict_buffers(int32_t on);

// 1: libsqlvdi.so takes time-outs for seconds, not milliseconds.
void sluice_double_set_time_outs_in_seconds(int32_t on);

// 1: the server runs as another user of the same group: it finds no set whose memory the client's
// umask closed to the group.
void sluice_double_set_server_is_other_user(int32_t on);

// Makes an instance besides the default one known.
void sluice_double_add_instance(const char* name);

// 1: another part of the program puts the calling thread in a single-threaded apartment; 0: and
// takes it out.
void sluice_double_foreign_apartment(int32_t inside);

#ifdef __cplusplus
}
#endif
