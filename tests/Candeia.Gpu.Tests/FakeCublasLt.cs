using System.Runtime.InteropServices;

namespace Candeia.Gpu.Tests;

/// <summary>cuBLASLt as functions of this process: what a product is described by is looked at, and the product is computed here, as its definition says: column by column.</summary>
static unsafe class FakeCublasLt
{
    const int InvalidValue = 7, NotSupported = 15;
    static readonly Dictionary<nint, Dictionary<int, long>> s_made = [];
    static nint s_last = 1000;

    /// <summary>How many products were computed.</summary>
    public static int Products { get; private set; }

    /// <summary>How the last one was computed: 68 is float32, 70 float64, 77 TF32.</summary>
    public static long Way { get; private set; }

    /// <summary>Whether no way is known for any product.</summary>
    public static bool KnowsNone { get; set; }

    /// <summary>What a product answers instead of being computed.</summary>
    public static int Error { get; set; }

    public static CublasLtApi Api()
    {
        (Products, KnowsNone, Error) = (0, false, 0);
        return new(name => s_functions[name]);
    }

    static nint Make(params ReadOnlySpan<(int, long)> attributes)
    {
        var made = new Dictionary<int, long>();
        foreach (var (which, value) in attributes) made[which] = value;
        lock (s_made) s_made[++s_last] = made;
        return s_last;
    }

    [UnmanagedCallersOnly] static int Create(nint* handle) => (*handle = 5) == 5 ? 0 : 1;

    // −1 and −2: how it computes, and with which numbers; of matrices −1 … −4: type, rows, columns, step.
    [UnmanagedCallersOnly] static int CreateProduct(nint* made, int way, int scale) => (*made = Make((-1, way), (-2, scale))) > 0 ? 0 : 1;

    [UnmanagedCallersOnly] static int CreateMatrix(nint* made, int type, ulong rows, ulong columns, long step) =>
        step < (long)rows ? InvalidValue : (*made = Make((-1, type), (-2, (long)rows), (-3, (long)columns), (-4, step))) > 0 ? 0 : 1;

    [UnmanagedCallersOnly] static int CreateWish(nint* made) => (*made = Make()) > 0 ? 0 : 1;

    [UnmanagedCallersOnly]
    static int Set(nint made, int which, void* value, nuint size)
    {
        if (!s_made.TryGetValue(made, out var attributes)) return InvalidValue;
        attributes[which] = size == 4 ? *(int*)value : *(long*)value;
        return 0;
    }

    [UnmanagedCallersOnly] static int Destroy(nint made) => s_made.Remove(made) ? 0 : InvalidValue;

    [UnmanagedCallersOnly]
    static int Choose(nint handle, nint product, nint a, nint b, nint c, nint d, nint wish, int most, CublasLtWay* ways, int* found)
    {
        var wishes = s_made[wish];
        *found = 0;
        if (KnowsNone) return NotSupported;
        if (wishes[1] <= 0 || wishes[3] != 0 || most != 1) return InvalidValue;      // room, and sums in one order
        for (int i = 5; i <= 8; i++) if (!long.IsPow2(wishes[i]) || wishes[i] is < 4 or > 256) return InvalidValue;
        *ways = default;
        ways->Name[0] = (ulong)product;
        ways->Workspace = 1024;
        *found = 1;
        return 0;
    }

    [UnmanagedCallersOnly]
    static int Run(nint handle, nint product, void* alpha, nint a, nint aLayout, nint b, nint bLayout, void* beta, nint c, nint cLayout, nint d, nint dLayout, CublasLtWay* way, nint workspace, nuint room, nint stream)
    {
        if (Error != 0) return Error;
        Dictionary<int, long> p = s_made[product], la = s_made[aLayout], lb = s_made[bLayout], ld = s_made[dLayout];
        bool isDouble = p[-2] == 1;
        if (handle != 5 || way->Name[0] != (ulong)product || room != 1024 || workspace == 0 || c != d || stream != FakeCuda.TheStream) return InvalidValue;
        if ((isDouble ? *(double*)alpha : *(float*)alpha) != 1 || (isDouble ? *(double*)beta : *(float*)beta) != 0) return InvalidValue;
        bool turnA = p[3] == 1, turnB = p[4] == 1;
        long m = turnA ? la[-3] : la[-2], k = turnA ? la[-2] : la[-3], n = turnB ? lb[-2] : lb[-3], count = ld.GetValueOrDefault(5, 1);
        if (ld[-2] != m || ld[-3] != n || (turnB ? lb[-3] : lb[-2]) != k || la.GetValueOrDefault(5, 1) != count || lb.GetValueOrDefault(5, 1) != count) return InvalidValue;
        (bool hasBias, bool isRelu, nint biasAt, long kind) = ((p[7] & 4) != 0, (p[7] & 2) != 0, (nint)p.GetValueOrDefault(8), p[-1]);
        FakeCuda.Do(() =>
        {
            double[] x = FakeCuda.Values(a, Reach(la, count), isDouble), y = FakeCuda.Values(b, Reach(lb, count), isDouble), z = FakeCuda.Values(d, Reach(ld, count), isDouble);
            double[] bias = hasBias ? FakeCuda.Values(biasAt, m, isDouble) : [];
            for (long i = 0; i < count; i++)
                for (long row = 0; row < m; row++)
                    for (long column = 0; column < n; column++)
                    {
                        double sum = hasBias ? bias[row] : 0;
                        for (long q = 0; q < k; q++)
                            sum += x[i * la.GetValueOrDefault(6) + (turnA ? q + row * la[-4] : row + q * la[-4])] * y[i * lb.GetValueOrDefault(6) + (turnB ? column + q * lb[-4] : q + column * lb[-4])];
                        z[i * ld.GetValueOrDefault(6) + row + column * ld[-4]] = isRelu ? Math.Max(0, sum) : sum;
                    }
            FakeCuda.Put(d, z, isDouble);
            (Products, Way) = (Products + 1, kind);
        });
        return 0;
    }

    static long Reach(Dictionary<int, long> matrix, long count) => (count - 1) * matrix.GetValueOrDefault(6) + (matrix[-3] - 1) * matrix[-4] + matrix[-2];

    static readonly Dictionary<string, nint> s_functions = new()
    {
        ["cublasLtCreate"] = (nint)(delegate* unmanaged<nint*, int>)&Create, ["cublasLtMatmulDescCreate"] = (nint)(delegate* unmanaged<nint*, int, int, int>)&CreateProduct,
        ["cublasLtMatrixLayoutCreate"] = (nint)(delegate* unmanaged<nint*, int, ulong, ulong, long, int>)&CreateMatrix, ["cublasLtMatmulPreferenceCreate"] = (nint)(delegate* unmanaged<nint*, int>)&CreateWish,
        ["cublasLtMatmulDescSetAttribute"] = (nint)(delegate* unmanaged<nint, int, void*, nuint, int>)&Set, ["cublasLtMatrixLayoutSetAttribute"] = (nint)(delegate* unmanaged<nint, int, void*, nuint, int>)&Set,
        ["cublasLtMatmulPreferenceSetAttribute"] = (nint)(delegate* unmanaged<nint, int, void*, nuint, int>)&Set, ["cublasLtMatmulDescDestroy"] = (nint)(delegate* unmanaged<nint, int>)&Destroy,
        ["cublasLtMatrixLayoutDestroy"] = (nint)(delegate* unmanaged<nint, int>)&Destroy, ["cublasLtMatmulPreferenceDestroy"] = (nint)(delegate* unmanaged<nint, int>)&Destroy,
        ["cublasLtMatmulAlgoGetHeuristic"] = (nint)(delegate* unmanaged<nint, nint, nint, nint, nint, nint, nint, int, CublasLtWay*, int*, int>)&Choose,
        ["cublasLtMatmul"] = (nint)(delegate* unmanaged<nint, nint, void*, nint, nint, nint, nint, void*, nint, nint, nint, nint, CublasLtWay*, nint, nuint, nint, int>)&Run,
    };
}
