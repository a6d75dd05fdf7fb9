using Candeia.Kernels;

namespace Candeia.Bench;

/// <summary>Matrix products of the shapes that networks have. n: as it lies in memory, t: transposed.</summary>
public class ProductBench : KernelBench
{
    static readonly KernelCase[] s_cases =
    [
        Of<float>("square", "nn", 2048, 2048, 2048),
        Of<float>("square", "nt", 2048, 2048, 2048),
        Of<float>("square", "tn", 2048, 2048, 2048),
        Of<double>("square double", "nn", 1024, 1024, 1024),
        Of<float>("medium", "nn", 512, 512, 512),
        Of<float>("medium", "nn", 256, 256, 256),
        Of<float>("odd", "nn", 317, 413, 301),
        Of<float>("small", "nn", 64, 64, 64),
        Of<float>("small", "nt", 32, 64, 64),
        Of<float>("small", "nt", 32, 10, 64),
        Of<float>("small grad x", "nn", 32, 64, 10),
        Of<float>("small grad w", "tn", 10, 64, 32),
        Of<float>("fc1", "nt", 64, 128, 25088),
        Of<float>("fc1 grad x", "nn", 64, 25088, 128),
        Of<float>("fc1 grad w", "tn", 128, 25088, 64),
        Of<float>("mlp", "nt", 64, 128, 16900),
        Of<float>("mlp grad w", "tn", 128, 16900, 64),
        Of<float>("tall", "nn", 100_000, 32, 64),
        Of<float>("tall", "nt", 100_000, 10, 64),
        Of<float>("one row", "nt", 1, 4096, 4096),
        Of<float>("one row", "nn", 1, 4096, 4096),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<KernelCase> Cases => s_cases;

    static unsafe KernelCase Of<T>(string name, string form, int m, int n, int k) where T : unmanaged =>
        new($"{name} {form} {m}×{n}×{k}", 2.0 * m * n * k, typeof(T) == typeof(double), kernel =>
        {
            var p = new Product
            {
                M = m, N = n, K = k, A = kernel.Fill<T>((nint)m * k), B = kernel.Fill<T>((nint)k * n), C = kernel.Fill<T>((nint)m * n), CRow = n,
                ARow = form[0] == 'n' ? k : 1, AStep = form[0] == 'n' ? 1 : m, BStep = form[1] == 'n' ? n : 1, BColumn = form[1] == 'n' ? 1 : k,
            };
            return () => Gemm.Run<T>(p);
        });
}
