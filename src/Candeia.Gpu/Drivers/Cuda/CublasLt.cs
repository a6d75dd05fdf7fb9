using System.Runtime.InteropServices;

namespace Candeia.Gpu;

/// <summary>
/// Products by cuBLASLt. Its matrices lie column by column, so y = a·b is asked for as yᵀ = bᵀ·aᵀ. Only ways that add up in a fixed order are taken. A product that has been prepared is known by a
/// number below 0, as a kernel is by one above.
/// </summary>
internal sealed unsafe class CublasLt
{
    const int Float = 0, Double = 1, InFloat = 68, InDouble = 70, InTf32 = 77;
    const int TurnA = 3, TurnB = 4, Epilogue = 7, BiasPointer = 8, BatchCount = 5, BatchStep = 6, MostWorkspace = 1, Reductions = 3, AlignmentOfA = 5;
    const int Workspace = 32 << 20;

    sealed record Plan(nint Product, nint A, nint B, nint Y, CublasLtWay Way, bool IsDouble, bool HasBias);

    readonly CublasLtApi _api;
    readonly nint _handle, _stream;
    readonly Func<long, nint> _allocate;
    readonly Dictionary<ProductShape, Handle> _known = [];
    readonly List<Plan> _plans = [];
    nint _workspace;

    CublasLt(CublasLtApi api, nint handle, nint stream, Func<long, nint> allocate) => (_api, _handle, _stream, _allocate) = (api, handle, stream, allocate);

    /// <summary>The library, if it is there and begins.</summary>
    public static CublasLt? Of(CublasLtApi? api, nint stream, Func<long, nint> allocate)
    {
        nint handle;
        return api is not null && api.Create(&handle) == 0 ? new(api, handle, stream, allocate) : null;
    }

    /// <summary>Prepares a product; none where the library knows no way.</summary>
    public Handle Prepare(in ProductShape shape)
    {
        if (_known.TryGetValue(shape, out var known)) return known;
        var plan = Make(shape);
        if (plan is not null) _plans.Add(plan);
        return _known[shape] = plan is null ? default : new(-_plans.Count);
    }

    Plan? Make(in ProductShape x)
    {
        bool isDouble = x.DType == DType.Float64;
        nint product = 0, a = 0, b = 0, y = 0, wish = 0;
        try
        {
            int type = isDouble ? Double : Float, one = x.B.IsTurned ? 1 : 0, other = x.A.IsTurned ? 1 : 0, end = (x.HasBias, x.IsRelu) switch { (true, true) => 6, (true, false) => 4, (false, true) => 2, _ => 1 };
            ulong most = Workspace;
            uint none = 0, ofA = x.A.Alignment, ofB = x.B.Alignment, ofY = x.Y.Alignment;
            nint somewhere = 256;                                            // the bias comes later, and that there is one has to be known
            if (_api.CreateProduct(&product, isDouble ? InDouble : x.IsCoarse ? InTf32 : InFloat, type) != 0) return null;
            int error = _api.SetProduct(product, TurnA, &one, sizeof(int)) | _api.SetProduct(product, TurnB, &other, sizeof(int)) | _api.SetProduct(product, Epilogue, &end, sizeof(int))
                | Matrix(&b, type, x.Columns, x.Depth, x.B, x.Count) | Matrix(&a, type, x.Depth, x.Rows, x.A, x.Count) | Matrix(&y, type, x.Columns, x.Rows, x.Y, x.Count)
                | _api.CreateWish(&wish);
            if (x.HasBias) error |= _api.SetProduct(product, BiasPointer, &somewhere, (nuint)sizeof(nint));
            if (error != 0) return null;
            error = _api.SetWish(wish, MostWorkspace, &most, sizeof(ulong)) | _api.SetWish(wish, Reductions, &none, sizeof(uint))
                | _api.SetWish(wish, AlignmentOfA, &ofB, sizeof(uint)) | _api.SetWish(wish, AlignmentOfA + 1, &ofA, sizeof(uint))
                | _api.SetWish(wish, AlignmentOfA + 2, &ofY, sizeof(uint)) | _api.SetWish(wish, AlignmentOfA + 3, &ofY, sizeof(uint));
            CublasLtWay way;
            int found = 0;
            if (error != 0 || _api.Choose(_handle, product, b, a, y, y, wish, 1, &way, &found) != 0 || found == 0 || way.State != 0 || way.Workspace > Workspace) return null;
            var plan = new Plan(product, a, b, y, way, isDouble, x.HasBias);
            product = a = b = y = 0;
            return plan;
        }
        finally
        {
            if (product != 0) _ = _api.DestroyProduct(product);
            foreach (nint matrix in (ReadOnlySpan<nint>)[a, b, y]) if (matrix != 0) _ = _api.DestroyMatrix(matrix);
            if (wish != 0) _ = _api.DestroyWish(wish);
        }
    }

    int Matrix(nint* made, int type, long rows, long columns, ProductMatrix x, long count)
    {
        var (high, wide) = x.IsTurned ? (columns, rows) : (rows, columns);
        int error = _api.CreateMatrix(made, type, (ulong)high, (ulong)wide, Math.Max(x.Step, Math.Max(1, high)));
        if (error != 0 || count == 1) return error;
        int batch = (int)count;
        long step = x.Batch;
        return _api.SetMatrix(*made, BatchCount, &batch, sizeof(int)) | _api.SetMatrix(*made, BatchStep, &step, sizeof(long));
    }

    /// <summary>Computes a product that has been prepared; its arguments are the addresses of a, b and y and where they begin there, in bytes, and those of the bias, if there is one. What the library answers.</summary>
    public int Run(Handle prepared, Arguments arguments)
    {
        var plan = _plans[(int)-prepared.Value - 1];
        nint a = Place(arguments, 0), b = Place(arguments, 1), y = Place(arguments, 2);
        if (plan.HasBias)
        {
            nint bias = Place(arguments, 3);
            if (_api.SetProduct(plan.Product, BiasPointer, &bias, (nuint)sizeof(nint)) is not 0 and var error) return error;
        }
        if (_workspace == 0 && plan.Way.Workspace > 0) _workspace = _allocate(Workspace);
        var way = plan.Way;
        double one = 1, zero = 0;
        float oneF = 1, zeroF = 0;
        return _api.Run(_handle, plan.Product, plan.IsDouble ? &one : &oneF, b, plan.B, a, plan.A, plan.IsDouble ? &zero : &zeroF, y, plan.Y, y, plan.Y, &way, _workspace, way.Workspace, _stream);
    }

    /// <summary>Where an operand lies: its memory, and behind it where it begins there, in bytes.</summary>
    public static nint Place(Arguments arguments, int operand)
    {
        var (at, from) = (arguments.Places[2 * operand].At, arguments.Places[2 * operand + 1].At);
        return (nint)(MemoryMarshal.Read<long>(arguments.Data[at..]) + MemoryMarshal.Read<long>(arguments.Data[from..]));
    }
}
