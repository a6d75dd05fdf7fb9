namespace Candeia.Gpu;

/// <summary>The words of the common part in OpenCL C.</summary>
internal static class OpenClPrelude
{
    /// <summary>What stands before every kernel.</summary>
    public static string Text(bool hasDouble) => (hasDouble ? "#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n#define DOUBLE\ntypedef double f64;\n" : "") + """
        #define KERNEL __kernel
        #define FUNCTION inline
        #define GLOBAL __global
        #define LOCAL __local
        #define BARRIER barrier(CLK_LOCAL_MEM_FENCE)
        #define BARRIER_OF_ALL barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)
        #define GROUP ((i64)get_group_id(0))
        #define GROUPS ((i64)get_num_groups(0))
        #define THREAD ((i32)get_local_id(0))
        #define THREADS ((i32)get_local_size(0))
        #define COUNT(p) atomic_inc((volatile __global int*)(p))
        #define EXACT _Pragma("OPENCL FP_CONTRACT OFF")
        #define FLOAT_BITS(x) as_uint(x)
        #define BITS_FLOAT(x) as_float(x)
        #define DOUBLE_BITS(x) as_ulong(x)
        #define BITS_DOUBLE(x) as_double(x)
        #define SIGN_f32(x) (as_uint(x) >> 31)
        #define SIGN_f64(x) (as_ulong(x) >> 63)
        #define FREXP(x, e) frexp(x, &e)
        typedef char i8; typedef uchar u8; typedef short i16; typedef ushort u16; typedef int i32; typedef uint u32; typedef long i64; typedef ulong u64;
        typedef float f32; typedef ushort f16; typedef ushort b16;
        FUNCTION float times_f32(float a, float b) { EXACT return a * b; }
        #ifdef DOUBLE
        FUNCTION double times_f64(double a, double b) { EXACT return a * b; }
        typedef struct { double re, im; } c128;
        #endif
        typedef struct { float re, im; } c64;

        """;

    /// <summary>How texts are compiled. Where there is no double, a fraction that a formula writes is a float.</summary>
    public static string Options(bool hasDouble) => hasDouble ? "-cl-std=CL1.2" : "-cl-std=CL1.2 -cl-single-precision-constant";
}
