using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Candeia.Gpu.Tests;

/// <summary>
/// Clang, which makes PTX of CUDA C++ where no CUDA is installed. What NVRTC knows by itself is declared for it here. Many kernels are one file: each has a namespace and a name of its
/// own, and what it defines is undefined behind it.
/// </summary>
static partial class Clang
{
    const int Oldest = 16, Newest = 22;

    /// <summary>The program, new enough to know sm_90; null where there is none.</summary>
    public static string? Program { get; } = Enumerable.Range(Oldest, Newest - Oldest + 1).Reverse().Select(version => $"clang-{version}").Append("clang").FirstOrDefault(IsThere);

    const string Nvrtc = """
        #define __global__ __attribute__((global))
        #define __device__ __attribute__((device))
        #define __shared__ __attribute__((shared))
        #define REGISTER(type, name) struct type { static __device__ unsigned get() { return __nvvm_read_ptx_sreg_##name##_x(); } __declspec(property(get = get)) unsigned x; };
        REGISTER(Tid, tid) REGISTER(Ntid, ntid) REGISTER(Ctaid, ctaid) REGISTER(Nctaid, nctaid)
        extern const __device__ Tid threadIdx; extern const __device__ Ntid blockDim; extern const __device__ Ctaid blockIdx; extern const __device__ Nctaid gridDim;
        #define __syncthreads() __nvvm_bar_sync(0)
        static inline __device__ unsigned __float_as_uint(float x) { return __builtin_bit_cast(unsigned, x); }
        static inline __device__ float __uint_as_float(unsigned x) { return __builtin_bit_cast(float, x); }
        static inline __device__ long long __double_as_longlong(double x) { return __builtin_bit_cast(long long, x); }
        static inline __device__ double __longlong_as_double(long long x) { return __builtin_bit_cast(double, x); }
        extern "C" __device__ float __nv_fmul_rn(float, float); extern "C" __device__ double __nv_dmul_rn(double, double);
        static inline __device__ float __fmul_rn(float a, float b) { return __nv_fmul_rn(a, b); }
        static inline __device__ double __dmul_rn(double a, double b) { return __nv_dmul_rn(a, b); }
        static inline __device__ int atomicAdd(int* p, int n) { return __atomic_fetch_add(p, n, __ATOMIC_RELAXED); }
        #define ONE(f) extern "C" __device__ float __nv_##f##f(float); extern "C" __device__ double __nv_##f(double); \
          static inline __device__ float f(float x) { return __nv_##f##f(x); } static inline __device__ double f(double x) { return __nv_##f(x); }
        #define TWO(f) extern "C" __device__ float __nv_##f##f(float, float); extern "C" __device__ double __nv_##f(double, double); \
          static inline __device__ float f(float x, float y) { return __nv_##f##f(x, y); } static inline __device__ double f(double x, double y) { return __nv_##f(x, y); }
        ONE(exp) ONE(exp2) ONE(expm1) ONE(log) ONE(log2) ONE(log10) ONE(log1p) ONE(sqrt) ONE(sin) ONE(cos) ONE(tan) ONE(asin) ONE(acos) ONE(atan) ONE(sinh) ONE(cosh) ONE(tanh) ONE(asinh)
        ONE(acosh) ONE(atanh) ONE(erf) ONE(erfc) ONE(floor) ONE(ceil) ONE(rint) ONE(trunc) ONE(fabs) ONE(sinpi) ONE(cospi) TWO(atan2) TWO(fmod) TWO(pow) TWO(hypot) TWO(copysign) TWO(nextafter)
        extern "C" __device__ float __nv_frexpf(float, int*); extern "C" __device__ double __nv_frexp(double, int*);
        static inline __device__ float frexp(float x, int* e) { return __nv_frexpf(x, e); } static inline __device__ double frexp(double x, int* e) { return __nv_frexp(x, e); }

        """;

    [GeneratedRegex(@"^\s*#define (\w+)", RegexOptions.Multiline)]
    private static partial Regex Defined { get; }

    static bool IsThere(string program)
    {
        try
        {
            var (code, output) = Run(program, ".", "--version");
            return code == 0 && Regex.Match(output, @"version (\d+)") is { Success: true } match && int.Parse(match.Groups[1].Value) >= Oldest;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>One file of several kernels, whose texts begin with the prelude of CUDA.</summary>
    public static string Together(IEnumerable<string> texts)
    {
        var file = new StringBuilder(Nvrtc + CudaPrelude.Text);
        foreach (var (i, text) in texts.Index())
        {
            string own = text[CudaPrelude.Text.Length..].Replace("KERNEL void run(", $"KERNEL void run{i}(", StringComparison.Ordinal);
            file.Append($"namespace n{i} {{\n{own}}}\n");
            foreach (string name in Defined.Matches(own).Select(m => m.Groups[1].Value).Distinct()) file.Append($"#undef {name}\n");
        }
        return file.ToString();
    }

    /// <summary>Makes PTX of a file, for a folder's files to lie in; what the compiler says.</summary>
    public static (int Code, string Output) Compile(string folder, string file, string architecture) => Run(
        Program!, folder, "-x", "cuda", "--cuda-device-only", "-nocudainc", "-nocudalib", "-fms-extensions", "-Wno-unknown-cuda-version", "-Wno-ignored-attributes", "-ferror-limit=3",
        $"--cuda-gpu-arch={architecture}", "-O1", "-S", file, "-o", $"{Path.GetFileNameWithoutExtension(file)}.{architecture}.ptx");

    static (int Code, string Output) Run(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
