using System.Numerics;

namespace Candeia.Gpu;

/// <summary>The order of rows that are compared from their first element to their last: a bitonic network over their numbers. Equal rows keep their order, so there is only one.</summary>
internal static class RowOrders
{
    public static bool Run(GpuDevice device, in OpCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        int n = x.Layout.Shape[0], m = x.Layout.Shape[1];
        if (n == 0 || n > 1 << 30) return n == 0;
        int size = Math.Max(2, (int)BitOperations.RoundUpToPowerOf2((uint)n));
        var places = device.Scratch(Layout.Of([size]), DType.Int32);
        Each.Run(device, "row numbers", "p_P[e] = (i32)e;", new Parameters(DType.Int32).Output("P", places), size);
        for (int k = 2; k <= size && k > 0; k *= 2)
            for (int j = k / 2; j > 0; j /= 2)
                Each.Run(device, "row order", """
                    const N at = e / j * 2 * j + e % j;
                    const i32 p = p_P[at], q = p_P[at + j], up = (at & k) == 0;
                    i32 before = p < q;
                    if (p < rows && q < rows)
                      for (N c = 0; c < columns; c++) {
                        const T a = A(o_A + p * s_Ar + c * s_Ac), b = A(o_A + q * s_Ar + c * s_Ac);
                        if (a == b || a != a && b != b) continue;
                        before = a < b || a == a && b != b;
                        break;
                      }
                    if (before != up) { p_P[at] = q; p_P[at + j] = p; }
                    """, new Parameters(Types.Wide(x.DType)).Input("A", x).Strides("A", x, "rc").Output("P", places).Size("rows", n).Size("columns", m).Size("k", k).Size("j", j), size / 2);
        return Copies.Into(device, y, places.As(new Layout(y.Layout.Shape, [1])));
    }
}
