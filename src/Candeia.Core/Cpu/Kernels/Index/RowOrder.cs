using System.Numerics;

namespace Candeia.Kernels;

/// <summary>The order of rows, compared from their first element to their last; equal rows keep theirs, and not-a-number counts as the largest.</summary>
internal static unsafe class RowOrder
{
    /// <summary>Writes the numbers of n rows of m elements in order.</summary>
    public static void Run<T>(T* rows, long n, long m, long* order) where T : unmanaged, INumber<T>
    {
        var span = new Span<long>(order, checked((int)n));
        for (int i = 0; i < span.Length; i++) span[i] = i;
        span.Sort(new ByElements<T>(rows, m));
    }

    readonly struct ByElements<T>(T* rows, long m) : IComparer<long> where T : unmanaged, INumber<T>
    {
        public int Compare(long a, long b)
        {
            T* p = rows + a * m, q = rows + b * m;
            for (long i = 0; i < m; i++)
            {
                if (p[i] < q[i]) return -1;
                if (p[i] > q[i]) return 1;
                if (p[i] == q[i]) continue;
                bool pNaN = T.IsNaN(p[i]), qNaN = T.IsNaN(q[i]);
                if (pNaN != qNaN) return pNaN ? 1 : -1;
            }
            return a.CompareTo(b);
        }
    }
}
