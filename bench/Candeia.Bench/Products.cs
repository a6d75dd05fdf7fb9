using System.Runtime.InteropServices;
using Candeia.Kernels;

namespace Candeia.Bench;

/// <summary>Matrix products of the shapes that networks have.</summary>
static unsafe class Products
{
    public static void Report(string? only)
    {
        Console.WriteLine("n: as it lies in memory, t: transposed");
        Case<float>("square", "nn", 2048, 2048, 2048, only);
        Case<float>("square", "nt", 2048, 2048, 2048, only);
        Case<float>("square", "tn", 2048, 2048, 2048, only);
        Case<double>("square double", "nn", 1024, 1024, 1024, only);
        Case<float>("medium", "nn", 512, 512, 512, only);
        Case<float>("medium", "nn", 256, 256, 256, only);
        Case<float>("odd", "nn", 317, 413, 301, only);
        Case<float>("small", "nn", 64, 64, 64, only);
        Case<float>("small", "nt", 32, 64, 64, only);
        Case<float>("small", "nt", 32, 10, 64, only);
        Case<float>("small grad x", "nn", 32, 64, 10, only);
        Case<float>("small grad w", "tn", 10, 64, 32, only);
        Case<float>("fc1", "nt", 64, 128, 25088, only);
        Case<float>("fc1 grad x", "nn", 64, 25088, 128, only);
        Case<float>("fc1 grad w", "tn", 128, 25088, 64, only);
        Case<float>("mlp", "nt", 64, 128, 16900, only);
        Case<float>("tall", "nn", 100_000, 32, 64, only);
        Case<float>("tall", "nt", 100_000, 10, 64, only);
        Case<float>("one row", "nt", 1, 4096, 4096, only);
        Case<float>("one row", "nn", 1, 4096, 4096, only);
    }

    static void Case<T>(string name, string form, int m, int n, int k, string? only) where T : unmanaged
    {
        string title = $"{name} {form} {m}×{n}×{k}";
        if (only is not null && !title.Contains(only, StringComparison.Ordinal)) return;
        T* a = Fill<T>((nint)m * k), b = Fill<T>((nint)k * n), c = Fill<T>((nint)m * n);
        var p = new Product
        {
            M = m, N = n, K = k, A = a, B = b, C = c, CRow = n,
            ARow = form[0] == 'n' ? k : 1, AStep = form[0] == 'n' ? 1 : m, BStep = form[1] == 'n' ? n : 1, BColumn = form[1] == 'n' ? 1 : k,
        };
        Ratio.Report<T>(title, 2.0 * m * n * k, () => Gemm.Run<T>(p));
        NativeMemory.AlignedFree(a);
        NativeMemory.AlignedFree(b);
        NativeMemory.AlignedFree(c);
    }

    static T* Fill<T>(nint count) where T : unmanaged
    {
        T* p = (T*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(T)), 64);
        var random = new Random(1);
        for (nint i = 0; i < count; i++)
            if (typeof(T) == typeof(float)) ((float*)p)[i] = random.NextSingle() - 0.5f;
            else ((double*)p)[i] = random.NextDouble() - 0.5;
        return p;
    }
}
