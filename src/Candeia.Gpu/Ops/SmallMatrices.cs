using static Candeia.Gpu.MatrixFunctions;

namespace Candeia.Gpu;

/// <summary>
/// Linear algebra of batches of small matrices: a thread for each. Large ones are computed on the processor, where a matrix has all cores and its caches. What there is no result for is said at
/// once, as there, so that these ops wait for the device.
/// </summary>
internal static partial class SmallMatrices
{
    const int Most = 64;

    /// <summary>Whether the matrices of an operand are computed with here.</summary>
    static bool Takes(in OpCall call, bool orComplex = false)
    {
        for (int i = 0; i < call.Inputs; i++)
            if (!Takes(call.Input(i), orComplex)) return false;
        return true;
    }

    static bool Takes(Operand x, bool orComplex) =>
        !x.IsNumber && (orComplex || !Types.IsComplex(x.DType)) && Types.Wide(x.DType) == x.DType && x.Layout.Shape.Numel > 0 && x.Layout.Shape[^1] <= Most && x.Layout.Shape[^2] <= Most;

    static DType Type(GpuDevice device, Operand x) =>
        Types.IsComplex(x.DType) ? device.HasDouble ? DType.Complex128 : DType.Complex64 : device.HasDouble ? DType.Float64 : DType.Float32;

    /// <summary>A copy in the order of rows, in the type that is computed with.</summary>
    static Operand Copy(GpuDevice device, Operand x)
    {
        var copy = device.Scratch(Layout.Of(x.Layout.Shape), Type(device, x));
        _ = Copies.Into(device, copy, x);
        return copy;
    }

    static Operand Room(GpuDevice device, Operand x, int numbers, DType? dtype = null) => device.Scratch(Layout.Of([checked((int)Count(x)), numbers]), dtype ?? Type(device, x));

    static long Count(Operand x) => x.Layout.Shape.Slice(0, x.Layout.Shape.Rank - 2).Numel;

    /// <summary>The statements that give addresses of matrix e.</summary>
    static string At(params ReadOnlySpan<(string Name, string Size)> operands)
    {
        string text = "";
        foreach (var (name, size) in operands) text += $"GLOBAL {(name is "V" ? "i32" : "T")}* {char.ToLowerInvariant(name[0])} = p_{name} + o_{name} + e * ({size}); ";
        return text;
    }

    static void Run(GpuDevice device, string name, string functions, string body, Parameters parameters, Operand a) =>
        Each.Run(device, name, body, parameters.Size("m", a.Layout.Shape[^2]).Size("n", a.Layout.Shape[^1]), Count(a), $"#define EPSILON ((REAL){(device.HasDouble ? "1.1e-16" : "6e-8f")})\n{Scalars(parameters.Type)}{functions}");

    static Parameters Of(Operand a) => new Parameters(a.DType).Output("A", a);

    /// <summary>Says which matrix there is no result for.</summary>
    static void Refuse(GpuDevice device, Operand info, string name, Func<int, string> why)
    {
        int[] marks = device.Now<int>(info);
        for (int i = 0; i < marks.Length; i++)
            if (marks[i] != 0) throw new LinalgException($"{name}: {(marks.Length > 1 ? $"matrix {i} of the batch" : "the matrix")} {why(marks[i])}");
    }

    static string Singular(int pivot) => $"is singular: pivot {pivot} is zero.";

    static string Endless(int _) => "has values that are not finite.";

    public static bool LuFactor(GpuDevice device, in OpCall call)
    {
        if (!Takes(call, orComplex: true)) return false;
        Operand x = call.Input(0), a = Copy(device, x);
        Run(device, "lu", Lu, At(("A", "m * n"), ("V", "m < n ? m : n")) + "SET_I(o_I + e, lu(a, m, n, v)); for (N i = 0; i < m * n; i++) SET_Y(o_Y + e * m * n + i, a[i]);",
            Of(a).Output("Y", call.Output(0)).Output("V", call.Output(1)).Output("I", call.Output(2)), x);
        return true;
    }

    public static bool LuPermutation(GpuDevice device, in OpCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        if (y.Layout.Shape.Numel == 0) return false;
        var pivots = device.Scratch(Layout.Of(x.Layout.Shape), DType.Int32);
        _ = Copies.Into(device, pivots, x);
        Each.Run(device, "permutation", """
            for (N i = 0; i < rows; i++) p_Y[o_Y + e * rows + i] = i;
            for (N i = 0; i < steps; i++) { const N at = o_Y + e * rows + i, other = o_Y + e * rows + p_V[e * steps + i] - 1; const i64 v = p_Y[at]; p_Y[at] = p_Y[other]; p_Y[other] = v; }
            """, new Parameters(DType.Int64).Input("V", pivots).Output("Y", y).Size("rows", y.Layout.Shape[^1]).Size("steps", x.Layout.Shape[^1]), y.Layout.Shape.Numel / y.Layout.Shape[^1]);
        return true;
    }

    public static bool LdlFactor(GpuDevice device, in OpCall call)
    {
        if (!Takes(call, orComplex: true)) return false;
        Operand x = call.Input(0), a = Copy(device, x);
        Run(device, "ldl", Ldl, At(("A", "n * n"), ("V", "n")) + "SET_I(o_I + e, ldl(a, n, (i32)hermitian, v));"
            + " for (N i = 0; i < n * n; i++) SET_Y(o_Y + e * n * n + i, i % n > i / n ? NUMBER(0) : a[i]);",
            Of(a).Output("Y", call.Output(0)).Output("V", call.Output(1)).Output("I", call.Output(2)).Size("hermitian", ((LdlFactorOp)call.Op).Hermitian ? 1 : 0), x);
        return true;
    }

    public static bool LdlSolve(GpuDevice device, in OpCall call)
    {
        Operand x = call.Input(0), b = call.Input(2);
        if (!Takes(x, orComplex: true) || !Takes(b, orComplex: true)) return false;
        Operand a = Copy(device, x), right = Copy(device, b), pivots = device.Scratch(Layout.Of(call.Input(1).Layout.Shape), DType.Int32);
        _ = Copies.Into(device, pivots, call.Input(1));
        Run(device, "ldl_solve", Ldl, At(("A", "n * n"), ("B", "n * columns"), ("V", "n")) + "ldl_solve(a, n, (i32)hermitian, v, b, columns); for (N i = 0; i < n * columns; i++) SET_Y(o_Y + e * n * columns + i, b[i]);",
            Of(a).Output("B", right).Output("V", pivots).Output("Y", call.Output(0)).Size("columns", b.Layout.Shape[^1]).Size("hermitian", ((LdlSolveOp)call.Op).Hermitian ? 1 : 0), x);
        return true;
    }

    public static bool Solve(GpuDevice device, in OpCall call)
    {
        if (!Takes(call, orComplex: true)) return false;
        Operand x = call.Input(0), a = Copy(device, x), b = Copy(device, call.Input(1)), info = call.Output(1);
        bool isKept = call.Outputs > 2;
        var pivots = isKept ? call.Output(3) : Room(device, x, x.Layout.Shape[^1], DType.Int32);
        var p = Of(a).Output("B", b).Output("V", pivots).Output("I", info).Output("Y", call.Output(0)).Size("columns", b.Layout.Shape[^1]);
        if (isKept) p.Output("L", call.Output(2));
        Run(device, isKept ? "solve and keep" : "solve", Lu, At(("A", "n * n"), ("B", "n * columns"), ("V", "n")) + "SET_I(o_I + e, lu(a, n, n, v)); lu_solve(a, n, v, b, columns);"
            + " for (N i = 0; i < n * columns; i++) SET_Y(o_Y + e * n * columns + i, b[i]);" + (isKept ? " for (N i = 0; i < n * n; i++) SET_L(o_L + e * n * n + i, a[i]);" : ""), p, x);
        if (((SolveOp)call.Op).Check) Refuse(device, info, "Solve", Singular);
        return true;
    }

    public static bool Inv(GpuDevice device, in OpCall call)
    {
        if (!Takes(call, orComplex: true)) return false;
        Operand x = call.Input(0), a = Copy(device, x), info = call.Output(1);
        int n = x.Layout.Shape[^1];
        Run(device, "inv", Lu, At(("A", "n * n"), ("B", "n * n"), ("V", "n")) + "for (N i = 0; i < n * n; i++) b[i] = NUMBER(i / n == i % n ? 1 : 0); SET_I(o_I + e, lu(a, n, n, v)); lu_solve(a, n, v, b, n);"
            + " for (N i = 0; i < n * n; i++) SET_Y(o_Y + e * n * n + i, b[i]);", Of(a).Output("B", Room(device, x, n * n)).Output("V", Room(device, x, n, DType.Int32)).Output("I", info).Output("Y", call.Output(0)), x);
        if (((InvOp)call.Op).Check) Refuse(device, info, "Inv", Singular);
        return true;
    }

    public static bool Det(GpuDevice device, in OpCall call)
    {
        if (!Takes(call, orComplex: true)) return false;
        Operand x = call.Input(0), a = Copy(device, x);
        Run(device, "det", Lu, At(("A", "n * n"), ("V", "n")) + "lu(a, n, n, v); T det = NUMBER(1); for (N i = 0; i < n; i++) det = MUL(det, v[i] - 1 == i ? a[i * n + i] : NEGATIVE(a[i * n + i])); SET_Y(o_Y + e, det);",
            Of(a).Output("V", Room(device, x, x.Layout.Shape[^1], DType.Int32)).Output("Y", call.Output(0)), x);
        return true;
    }

    public static bool SlogDet(GpuDevice device, in OpCall call)
    {
        if (!Takes(call, orComplex: true)) return false;
        Operand x = call.Input(0), a = Copy(device, x);
        Run(device, "slogdet", Lu, At(("A", "n * n"), ("V", "n")) + "const i32 zero = lu(a, n, n, v); T sign = NUMBER(1); REAL size = 0;"
            + " for (N i = 0; i < n && !zero; i++) { const T d = v[i] - 1 == i ? a[i * n + i] : NEGATIVE(a[i * n + i]); const REAL length = SIZE(d); sign = MUL(sign, DIV(d, NUMBER(length))); size += log(length); }"
            + " SET_Y(o_Y + e, zero ? NUMBER(0) : sign); SET_Z(o_Z + e, zero ? -INFINITY : size);",
            Of(a).Output("V", Room(device, x, x.Layout.Shape[^1], DType.Int32)).Output("Y", call.Output(0)).Output("Z", call.Output(1)), x);
        return true;
    }

    public static bool SolveTriangular(GpuDevice device, in OpCall call)
    {
        if (!Takes(call, orComplex: true)) return false;
        var op = (SolveTriangularOp)call.Op;
        Operand a = Copy(device, call.Input(0)), b = Copy(device, call.Input(1));
        int n = b.Layout.Shape[^2], columns = b.Layout.Shape[^1];
        var p = Of(a).Output("B", b).Output("Y", call.Output(0)).Size("n", n).Size("columns", columns).Size("upper", op.Upper ? 1 : 0).Size("unit", op.Unit ? 1 : 0);
        Each.Run(device, "triangle", "const N z = e / columns, j = e % columns; triangle(p_A + z * n * n, n, p_B + z * n * columns, columns, j, (i32)upper, (i32)unit);"
            + " for (N i = 0; i < n; i++) { const N at = z * n * columns + i * columns + j; SET_Y(o_Y + at, B(at)); }", p, Count(b) * columns, Scalars(a.DType) + Lu);
        return true;
    }
}
