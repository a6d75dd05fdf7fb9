// A library with the binary interface that MPI 5.0 lays down, standing on Open MPI as real ones may: handles of the standard are translated, and whoever
// gives others is told so and ended. Built by a test: cc -shared -fPIC -o libmpi_abi.so.0 mpi_abi.c -l:libmpi.so.40
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void *handle;
extern char ompi_mpi_comm_world[], ompi_mpi_byte[], ompi_mpi_int[], ompi_mpi_int64_t[], ompi_mpi_float[], ompi_mpi_double[], ompi_mpi_op_sum[], ompi_mpi_op_max[];
static handle made[64];

static handle wrong(const char *what, handle given) {
    fprintf(stderr, "%p is no %s of the MPI standard.\n", given, what);
    exit(9);
}

static handle comm(handle c) {
    if (c == (handle)0x101) return ompi_mpi_comm_world;
    for (int i = 0; i < 64; i++) if (c && made[i] == c) return c;
    return wrong("communicator", c);
}

static handle type(handle t) {
    switch ((size_t)t) {
    case 0x247: return ompi_mpi_byte;
    case 0x250: return ompi_mpi_int;
    case 0x258: return ompi_mpi_int64_t;
    case 0x210: return ompi_mpi_float;
    case 0x214: return ompi_mpi_double;
    }
    return wrong("type", t);
}

static handle op(handle o) { return o == (handle)0x21 ? ompi_mpi_op_sum : o == (handle)0x23 ? ompi_mpi_op_max : wrong("operation", o); }

static handle status(handle s) { return s == 0 ? 0 : wrong("status", s); }

int MPI_Abi_get_version(int *major, int *minor) { *major = 1; *minor = 0; return 0; }

int MPI_Get_library_version(char *text, int *length) { strcpy(text, "A double of the MPI standard"); *length = strlen(text); return 0; }

int PMPI_Init_thread(void *, void *, int, int *);
int MPI_Init_thread(void *argc, void *argv, int required, int *provided) {
    if (required != 4096) wrong("level of threads", (handle)(size_t)required);
    int error = PMPI_Init_thread(argc, argv, 3, provided);
    *provided = *provided == 3 ? 4096 : 0;
    return error;
}

int PMPI_Comm_dup(handle, handle *);
int MPI_Comm_dup(handle c, handle *other) {
    int error = PMPI_Comm_dup(comm(c), other);
    for (int i = 0; i < 64; i++) if (!made[i]) { made[i] = *other; break; }
    return error;
}

// A function, its parameters, and what Open MPI's is given instead.
#define PASS(name, parameters, arguments) int P##name parameters; int name parameters { return P##name arguments; }
PASS(MPI_Finalize, (void), ())
PASS(MPI_Abort, (handle c, int code), (comm(c), code))
PASS(MPI_Comm_rank, (handle c, int *rank), (comm(c), rank))
PASS(MPI_Comm_size, (handle c, int *size), (comm(c), size))
PASS(MPI_Comm_free, (handle *c), (c))
PASS(MPI_Barrier, (handle c), (comm(c)))
PASS(MPI_Allreduce, (handle from, void *v, int n, handle t, handle o, handle c), (from, v, n, type(t), op(o), comm(c)))
PASS(MPI_Iallreduce, (handle from, void *v, int n, handle t, handle o, handle c, handle *r), (from, v, n, type(t), op(o), comm(c), r))
PASS(MPI_Bcast, (void *v, int n, handle t, int root, handle c), (v, n, type(t), root, comm(c)))
PASS(MPI_Allgather, (void *s, int n, handle t, void *v, int m, handle u, handle c), (s, n, type(t), v, m, type(u), comm(c)))
PASS(MPI_Alltoall, (void *s, int n, handle t, void *v, int m, handle u, handle c), (s, n, type(t), v, m, type(u), comm(c)))
PASS(MPI_Iallgather, (void *s, int n, handle t, void *v, int m, handle u, handle c, handle *r), (s, n, type(t), v, m, type(u), comm(c), r))
PASS(MPI_Ialltoall, (void *s, int n, handle t, void *v, int m, handle u, handle c, handle *r), (s, n, type(t), v, m, type(u), comm(c), r))
PASS(MPI_Isend, (void *v, int n, handle t, int to, int tag, handle c, handle *r), (v, n, type(t), to, tag, comm(c), r))
PASS(MPI_Irecv, (void *v, int n, handle t, int from, int tag, handle c, handle *r), (v, n, type(t), from, tag, comm(c), r))
PASS(MPI_Test, (handle *r, int *flag, handle s), (r, flag, status(s)))
PASS(MPI_Wait, (handle *r, handle s), (r, status(s)))
PASS(MPI_Cancel, (handle *r), (r))
