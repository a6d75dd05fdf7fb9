using static Candeia.Gpu.MatrixFunctions;

namespace Candeia.Gpu;

// Triangles and rotations: Cholesky, QR, eigenvalues, singular values, and what is made of them.
internal static partial class SmallMatrices
{
    public static bool Cholesky(GpuDevice device, in OpCall call)
    {
        if (!Takes(call)) return false;
        Operand x = call.Input(0), a = Copy(device, x), info = call.Output(1);
        Run(device, "cholesky", "", At(("A", "n * n")) + """
            i32 minor = 0;
            for (N i = 0; i < n && !minor; i++) {
              for (N k = 0; k < i; k++) { T v = a[i * n + k]; for (N j = 0; j < k; j++) v -= a[i * n + j] * a[k * n + j]; a[i * n + k] = v / a[k * n + k]; }
              T square = a[i * n + i];
              for (N j = 0; j < i; j++) square -= a[i * n + j] * a[i * n + j];
              if (square > 0) a[i * n + i] = sqrt(square); else minor = (i32)i + 1;
            }
            for (N i = 0; i < n * n; i++) SET_Y(o_Y + e * n * n + i, i % n > i / n ? 0 : a[i]);
            SET_I(o_I + e, minor);
            """, Of(a).Output("Y", call.Output(0)).Output("I", info), x);
        if (((CholeskyOp)call.Op).Check) Refuse(device, info, "Cholesky", minor => $"is not positive definite: its leading minor of order {minor} is not.");
        return true;
    }

    public static bool Qr(GpuDevice device, in OpCall call)
    {
        if (!Takes(call)) return false;
        Operand x = call.Input(0), a = Copy(device, x), r = call.Output(0);
        int m = x.Layout.Shape[^2], n = x.Layout.Shape[^1];
        var p = Of(a).Output("C", Room(device, x, Math.Min(m, n))).Output("R", r).Size("height", r.Layout.Shape[^2]);
        string body = At(("A", "m * n"), ("C", "m < n ? m : n")) + "qr(a, m, n, c); for (N i = 0; i < height * n; i++) SET_R(o_R + e * height * n + i, i % n < i / n ? 0 : a[i]);";
        if (call.Outputs > 1)
        {
            var q = call.Output(1);
            p.Output("Q", Room(device, x, m * q.Layout.Shape[^1])).Output("Y", q).Size("width", q.Layout.Shape[^1]);
            body += At(("Q", "m * width")) + """
                for (N i = 0; i < m * width; i++) q[i] = i / width == i % width ? 1 : 0;
                for (N k = (m < n ? m : n) - 1; k >= 0; k--) reflect(a + k * n + k, n, m - k, c[k], q + k * width, width, width);
                for (N i = 0; i < m * width; i++) SET_Y(o_Y + e * m * width + i, q[i]);
                """;
        }
        Run(device, $"qr {call.Outputs}", Reflections, body, p, x);
        return true;
    }

    public static bool Geqrf(GpuDevice device, in OpCall call)
    {
        if (!Takes(call)) return false;
        Operand x = call.Input(0), a = Copy(device, x);
        int k = Math.Min(x.Layout.Shape[^1], x.Layout.Shape[^2]);
        Run(device, "geqrf", Reflections, At(("A", "m * n"), ("C", "k")) + "qr(a, m, n, c); for (N i = 0; i < m * n; i++) SET_Y(o_Y + e * m * n + i, a[i]); for (N i = 0; i < k; i++) SET_Z(o_Z + e * k + i, c[i]);",
            Of(a).Output("C", Room(device, x, k)).Output("Y", call.Output(0)).Output("Z", call.Output(1)).Size("k", k), x);
        return true;
    }

    public static bool Eigh(GpuDevice device, in OpCall call)
    {
        if (!Takes(call)) return false;
        var op = (EighOp)call.Op;
        Operand x = call.Input(0), a = Copy(device, x), info = Room(device, x, 1, DType.Int32);
        int n = x.Layout.Shape[^1];
        var p = Of(a).Output("B", Room(device, x, n * n)).Output("I", info).Output("S", call.Output(0)).Size("upper", op.Upper ? 1 : 0);
        if (op.Vectors) p.Output("Y", call.Output(1));
        Run(device, $"eigh {op.Vectors}", Eigenvalues, At(("A", "n * n"), ("B", "n * n")) + "for (N i = 0; i < n; i++) for (N j = 0; j < i; j++) if (upper) a[i * n + j] = a[j * n + i]; else a[j * n + i] = a[i * n + j];"
            + " SET_I(e, eigenvalues(a, n, b) ? 0 : 1); for (N i = 0; i < n; i++) SET_S(o_S + e * n + i, a[i * n + i]);" + (op.Vectors ? " for (N i = 0; i < n * n; i++) SET_Y(o_Y + e * n * n + i, b[i % n * n + i / n]);" : ""), p, x);
        Refuse(device, info, "Eigh", Endless);
        return true;
    }

    public static bool Eig(GpuDevice device, in OpCall call)
    {
        if (!Takes(call)) return false;
        var op = (EigOp)call.Op;
        Operand x = call.Input(0), info = Room(device, x, 1, DType.Int32);
        int n = x.Layout.Shape[^1];
        var p = Of(Copy(device, x)).Output("B", Room(device, x, n * n)).Output("W", Room(device, x, 4 * n)).Output("I", info).Output("S", call.Output(0));
        if (op.Vectors) p.Output("Y", call.Output(1));
        Run(device, $"eig {op.Vectors}", $"#define SMALL ((T){(device.HasDouble ? "2.220446049250313e-16" : "1.1920929e-7f")})\n{EigenFunctions.Eigen}",
            At(("A", "n * n"), ("B", "n * n"), ("W", "4 * n")) + EigenFunctions.Values + (op.Vectors ? EigenFunctions.Columns : ""), p, x);
        Refuse(device, info, "Eig", Endless);
        return true;
    }

    // The shorter side's vectors turn, so that a wide matrix is read as it lies, and a tall one turned.
    static (Parameters Parameters, Operand Info, bool IsWide, int Few, int Many) Singular(GpuDevice device, Operand x, int tall)
    {
        int m = x.Layout.Shape[^2], n = x.Layout.Shape[^1], few = Math.Min(m, n), many = Math.Max(m, n);
        var info = Room(device, x, 1, DType.Int32);
        var p = Of(Copy(device, x)).Output("U", Room(device, x, tall * many)).Output("B", Room(device, x, few * few)).Output("S", Room(device, x, few)).Output("I", info)
            .Size("few", few).Size("many", many).Size("tall", tall).Size("wide", m < n ? 1 : 0);
        return (p, info, m < n, few, many);
    }

    static readonly string s_singular = At(("A", "m * n"), ("U", "tall * many"), ("B", "few * few"), ("S", "few"))
        + "for (N i = 0; i < few * many; i++) u[i] = wide ? a[i] : a[i % many * n + i / many]; SET_I(e, singular_values(u, few, many, tall, b, s) ? 0 : 1);";

    public static bool Svd(GpuDevice device, in OpCall call)
    {
        if (!Takes(call)) return false;
        var op = (SvdOp)call.Op;
        Operand x = call.Input(0);
        var (p, info, isWide, few, many) = Singular(device, x, op.Full && op.Vectors ? Math.Max(x.Layout.Shape[^1], x.Layout.Shape[^2]) : Math.Min(x.Layout.Shape[^1], x.Layout.Shape[^2]));
        p.Output("Y", call.Output(0));
        string body = s_singular + " for (N i = 0; i < few; i++) SET_Y(o_Y + e * few + i, s[i]);";
        if (op.Vectors)
        {
            Operand u = call.Output(1), v = call.Output(2);
            p.Output("L", isWide ? v : u).Output("K", isWide ? u : v);
            body += " for (N i = 0; i < tall * many; i++) SET_L(o_L + e * tall * many + (wide ? i : i % many * tall + i / many), u[i]);"
                + " for (N i = 0; i < few * few; i++) SET_K(o_K + e * few * few + (wide ? i % few * few + i / few : i), b[i]);";
        }
        Run(device, $"svd {op.Vectors}", SingularValues, body, p, x);
        Refuse(device, info, "Svd", Endless);
        return true;
    }

    public static bool Pinv(GpuDevice device, in OpCall call)
    {
        if (!Takes(call)) return false;
        var op = (PinvOp)call.Op;
        Operand x = call.Input(0);
        var (p, info, _, _, _) = Singular(device, x, Math.Min(x.Layout.Shape[^1], x.Layout.Shape[^2]));
        Run(device, "pinv", SingularValues, s_singular + """
            const T least = max_@(s[0] * rtol, atol);
            for (N i = 0; i < n; i++) for (N j = 0; j < m; j++) {
              T sum = 0;
              for (N k = 0; k < few; k++) if (s[k] > least) sum += (wide ? u[k * many + i] * b[k * few + j] : b[k * few + i] * u[k * many + j]) / s[k];
              SET_Y(o_Y + (e * n + i) * m + j, sum);
            }
            """, p.Output("Y", call.Output(0)).Number("rtol", op.Rtol).Number("atol", op.Atol), x);
        Refuse(device, info, "Svd", Endless);
        return true;
    }

    public static bool MatrixExp(GpuDevice device, in OpCall call)
    {
        if (!Takes(call, orComplex: true)) return false;
        Operand x = call.Input(0), a = Copy(device, x);
        int n = x.Layout.Shape[^1];
        Run(device, "matrix exp", Exponential, At(("A", "n * n"), ("B", "3 * n * n")) + "exponential(a, n, b); for (N i = 0; i < n * n; i++) SET_Y(o_Y + e * n * n + i, a[i]);",
            Of(a).Output("B", Room(device, x, 3 * n * n)).Output("Y", call.Output(0)), x);
        return true;
    }
}
