namespace Candeia.Gpu;

/// <summary>The words of the common part in CUDA C++, as NVRTC knows it: without headers.</summary>
internal static class CudaPrelude
{
    /// <summary>What stands before every kernel.</summary>
    public const string Text = """
        #define DOUBLE
        #define KERNEL extern "C" __global__
        #define FUNCTION static __device__ inline
        #define GLOBAL
        #define LOCAL __shared__
        #define BARRIER __syncthreads()
        #define BARRIER_OF_ALL __syncthreads()
        #define GROUP ((i64)blockIdx.x)
        #define GROUPS ((i64)gridDim.x)
        #define THREAD ((i32)threadIdx.x)
        #define THREADS ((i32)blockDim.x)
        #define COUNT(p) atomicAdd(p, 1)
        #define EXACT
        #define FLOAT_BITS(x) __float_as_uint(x)
        #define BITS_FLOAT(x) __uint_as_float(x)
        #define DOUBLE_BITS(x) ((u64)__double_as_longlong(x))
        #define BITS_DOUBLE(x) __longlong_as_double((i64)(x))
        #define SIGN_f32(x) (__float_as_uint(x) >> 31)
        #define SIGN_f64(x) ((u64)__double_as_longlong(x) >> 63)
        #define FREXP(x, e) frexp(x, &e)
        #ifndef INFINITY
        #define INFINITY __uint_as_float(0x7F800000u)
        #define NAN __uint_as_float(0x7FC00000u)
        #endif
        typedef signed char i8; typedef unsigned char u8; typedef short i16; typedef unsigned short u16; typedef int i32; typedef unsigned int u32;
        typedef long long i64; typedef unsigned long long u64; typedef float f32; typedef double f64; typedef unsigned short f16; typedef unsigned short b16;
        FUNCTION float times_f32(float a, float b) { return __fmul_rn(a, b); }
        FUNCTION double times_f64(double a, double b) { return __dmul_rn(a, b); }
        typedef struct { float re, im; } c64; typedef struct { double re, im; } c128;

        """;

    /// <summary>What the compiler is told: where a text says EXACT, products and sums are rounded each for itself.</summary>
    public static string[] Options(string text, string architecture) =>
        [$"--gpu-architecture={architecture}", "--std=c++14", text.IndexOf("EXACT", Text.Length, StringComparison.Ordinal) >= 0 ? "--fmad=false" : "--fmad=true"];
}
