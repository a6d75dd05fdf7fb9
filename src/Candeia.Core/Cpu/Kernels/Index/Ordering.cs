using System.Numerics;

namespace Candeia.Kernels;

/// <summary>What is wanted of a line in order.</summary>
internal enum Ordered
{
    /// <summary>The first ones, in order.</summary>
    First,
    /// <summary>The first ones, in no order.</summary>
    Some,
    /// <summary>A single one.</summary>
    One,
    /// <summary>A single one; or where there is not-a-number, the first of that.</summary>
    Median,
    /// <summary>The middle one of what is a number; where there is none, the first.</summary>
    NanMedian,
    /// <summary>The last of those that occur most often; of several such, the smallest.</summary>
    Mode,
}

/// <summary>Puts lines of elements in order, or finds what stands where in the order, as positions. The operands of the loops are the lines and the positions.</summary>
/// <param name="Lines">The loops over the lines.</param>
/// <param name="N">The elements of a line.</param>
/// <param name="Stride">Their distance.</param>
/// <param name="Found">The distance of positions.</param>
/// <param name="Want">What is wanted.</param>
/// <param name="K">How many, or which one: from 0 on.</param>
/// <param name="Descending">Whether the largest comes first.</param>
internal sealed unsafe record Ordering(Nest Lines, int N, long Stride, long Found, Ordered Want, int K, bool Descending)
{
    const long Task = 1 << 12;                                               // elements worth a thread

    /// <summary>Does the work on all lines.</summary>
    public void Go<T>(T* x, long* positions) where T : unmanaged, INumber<T>
    {
        if (OrderKeys.AreShort<T>()) Go<T, uint, ulong>(x, positions);
        else Go<T, ulong, UInt128>(x, positions);
    }

    void Go<T, TOrder, TKey>(T* x, long* positions)
        where T : unmanaged, INumber<T> where TOrder : unmanaged, IBinaryInteger<TOrder>, IMinMaxValue<TOrder> where TKey : unmanaged, IBinaryInteger<TKey>
    {
        long lines = Lines.Steps(0, Lines.Count);
        if (lines == 0 || N == 0) return;
        long perTask = Math.Max(1, Task / N);
        Workers.Run(checked((int)((lines + perTask - 1) / perTask)), new Work<T, TOrder, TKey>(this, x, positions, lines, perTask));
    }

    readonly struct Work<T, TOrder, TKey>(Ordering order, T* x, long* positions, long lines, long perTask) : IWork
        where T : unmanaged, INumber<T> where TOrder : unmanaged, IBinaryInteger<TOrder>, IMinMaxValue<TOrder> where TKey : unmanaged, IBinaryInteger<TKey>
    {
        public void Run(int item)
        {
            long from = item * perTask, to = Math.Min(lines, from + perTask);
            bool one = order.Want is Ordered.One or Ordered.Median or Ordered.NanMedian;
            using var scratch = Scratch.Rent(one ? ((nint)order.N + Selecting.Beyond) * sizeof(TOrder) : (nint)order.N * sizeof(TKey));
            var cursor = new Cursor(order.Lines, from, stackalloc long[order.Lines.Count]);
            for (; from < to; from++, cursor.Next())
                if (one) positions[cursor.B] = order.Place(x + cursor.A, (TOrder*)scratch.Pointer);
                else order.Line(x + cursor.A, positions + cursor.B, new Span<TKey>(scratch.Pointer, order.N));
        }
    }

    // Where a single one stands.
    int Place<T, TOrder>(T* x, TOrder* orders) where T : unmanaged, INumber<T> where TOrder : unmanaged, IBinaryInteger<TOrder>, IMinMaxValue<TOrder>
    {
        OrderKeys.Orders(x, Stride, orders, N, Descending);
        new Span<TOrder>(orders + N, Selecting.Beyond).Fill(TOrder.MaxValue);
        if (Want == Ordered.One) return Selecting.Place(orders, N, K);
        var all = new ReadOnlySpan<TOrder>(orders, N);
        bool numbers = !T.IsNaN(T.CreateTruncating(float.NaN));              // elements that are numbers whatever their bits
        int others = numbers ? 0 : all.Count(TOrder.MaxValue);               // they come last
        if (Want == Ordered.Median && others > 0) return all.IndexOf(TOrder.MaxValue);
        return Selecting.Place(orders, N, Math.Max(0, (N - others - 1) / 2));
    }

    void Line<T, TKey>(T* x, long* positions, Span<TKey> keys) where T : unmanaged, INumber<T> where TKey : unmanaged, IBinaryInteger<TKey>
    {
        if (Want is Ordered.First or Ordered.Some && K > 0 && K <= N / 8)
        {
            Few(x, keys);
            if (Want == Ordered.First) keys[..K].Sort();
            for (int i = 0; i < K; i++) positions[i * Found] = OrderKeys.Position(keys[i]);
            return;
        }
        for (int i = 0; i < keys.Length; i++) keys[i] = OrderKeys.Of<T, TKey>(x[i * Stride], (uint)i, Descending);
        if (Want == Ordered.Mode)
        {
            keys.Sort();
            int most = 0;
            for (int i = 0, count = 1; i < keys.Length; i++, count++)
            {
                if (i + 1 < keys.Length && keys[i + 1] >> 32 == keys[i] >> 32) continue;   // equal but for where they stand
                if (count > most) (most, *positions) = (count, OrderKeys.Position(keys[i]));
                count = 0;
            }
            return;
        }
        if (K < N) Selecting.Front(keys, K);
        if (Want == Ordered.First) keys[..K].Sort();
        for (int i = 0; i < K; i++) positions[i * Found] = OrderKeys.Position(keys[i]);
    }

    // A few of many: only what comes before the last of those found so far becomes a key.
    void Few<T, TKey>(T* x, Span<TKey> keys) where T : unmanaged, INumber<T> where TKey : unmanaged, IBinaryInteger<TKey>
    {
        int room = Math.Min(N, Math.Max(4 * K, 64)), held = 0;
        T limit = T.Zero;
        for (int i = 0; i < N; i++)
        {
            T value = x[i * Stride];
            if (i >= room && (Descending ? value <= limit : value >= limit)) continue;      // not-a-number is neither
            keys[held++] = OrderKeys.Of<T, TKey>(value, (uint)i, Descending);
            if (held < room) continue;
            Selecting.Front(keys[..held], K);
            held = K;
            var last = keys[0];
            foreach (var key in keys[..K]) last = TKey.Max(last, key);
            limit = x[OrderKeys.Position(last) * Stride];
        }
        Selecting.Front(keys[..held], K);
    }
}
