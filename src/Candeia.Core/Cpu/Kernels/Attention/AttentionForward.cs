namespace Candeia.Kernels;

/// <summary>
/// softmax(q·kᵀ)·v without ever having all scores: blocks of keys are packed and met by the queries of an item a few at a time, whose greatest score and sum
/// move on with every block (<see href="https://arxiv.org/abs/2205.14135">Dao et al. 2022</see>, <see href="https://arxiv.org/abs/1805.02867">Milakov and
/// Gimelshein 2018</see>). Memory grows with the number of queries, not with its square.
/// </summary>
internal static unsafe class AttentionForward
{
    const nint Items = 32, RowsLeast = 64;                      // items that are enough for any machine; queries in one, at least

    /// <param name="shape">The sizes.</param>
    /// <param name="q">Queries.</param>
    /// <param name="k">Keys.</param>
    /// <param name="v">Values.</param>
    /// <param name="y">The results, whose rows have no gaps.</param>
    /// <param name="sums">The logarithm of the sum of each query's exponentials [heads, queries], infinity where it sees nothing; or null.</param>
    public static void Run<T>(in AttentionShape shape, Heads q, Heads k, Heads v, Heads y, T* sums) where T : unmanaged =>
        Simd.Run<T, Call>(new(shape, q, k, v, y, sums));

    internal readonly struct Call(AttentionShape shape, Heads q, Heads k, Heads v, Heads y, void* sums) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            nint parts = Math.Clamp((Items + shape.Heads - 1) / Math.Max(1, shape.Heads), 1, Math.Max(1, shape.Queries / RowsLeast));
            Workers.Run(checked((int)(shape.Heads * parts)), new Work<V>(shape, q, k, v, y, (byte*)sums, parts));
        }
    }

    readonly struct Work<V>(AttentionShape shape, Heads q, Heads k, Heads v, Heads y, byte* sums, nint parts) : IWork where V : unmanaged, ISimd<V>
    {
        public void Run(int item)
        {
            var cut = new Cut(shape.Queries, parts);
            nint head = item / parts, from = cut[item % parts], rows = cut[item % parts + 1] - from, keyHead = head / shape.Group;
            nint size = shape.Size * V.Element, valueSize = PackedProduct<V>.Filled(shape.ValueSize) * V.Element;
            nint most = Math.Min(AttentionShape.Block, shape.Keys), wide = PackedProduct<V>.Filled(most);
            int tall = ProductKernel<V, Write<V>>.MaxRows;
            bool few = FewQueries<V>.Are(rows), nearKeys = few && FewQueries<V>.Reads(k), nearValues = few && FewQueries<V>.Reads(v, shape.ValueSize);
            using var queries = Scratch.Rent(rows * size);
            using var found = Scratch.Rent(rows * valueSize);
            using var moments = Scratch.Rent(rows * 2 * sizeof(double));
            using var packedKeys = Scratch.Rent(nearKeys ? 0 : PackedProduct<V>.Bytes(shape.Size, most));
            using var packedValues = Scratch.Rent(nearValues ? 0 : PackedProduct<V>.Bytes(most, shape.ValueSize));
            using var scores = Scratch.Rent((tall + 2) * wide * V.Element);
            byte* mask = scores.Pointer + tall * wide * V.Element, kept = mask + wide * V.Element;
            double* greatest = (double*)moments.Pointer, total = greatest + rows;
            for (nint i = 0; i < rows; i++)
            {
                ScoreRows<V>.Gather(q[head] + (from + i) * q.Row, q.Step, queries.Pointer + i * size, shape.Size, shape.Scale);
                (greatest[i], total[i]) = (double.NegativeInfinity, 0);
            }
            new Span<byte>(found.Pointer, checked((int)(rows * valueSize))).Clear();
            for (nint first = 0; first < shape.Keys; first += AttentionShape.Block)
            {
                nint count = Math.Min(AttentionShape.Block, shape.Keys - first);
                if (shape.Seen(from + rows - 1, first) == 0) break;          // nor does any query see later keys
                byte* keys = k[keyHead] + first * k.Row, values = v[keyHead] + first * v.Row;
                if (!nearKeys) Pack<V>.Columns(keys, k.Step, k.Row, shape.Size, count, packedKeys.Pointer);
                if (!nearValues) Pack<V>.Columns(values, v.Row, v.Step, count, shape.ValueSize, packedValues.Pointer);
                bool alike = shape.Mask.Exist && shape.Mask.Row == 0;
                if (shape.Mask.Exist) new Span<byte>(mask, checked((int)(wide * V.Element))).Clear();
                if (alike) ScoreRows<V>.Mask(shape, head, 0, first, count, mask);
                for (nint tile = 0; tile < rows; tile += tall)
                {
                    nint height = Math.Min(tall, rows - tile);
                    nint near = Math.Min(count, shape.Seen(from + tile + height - 1, first));     // what none of them sees weighs nothing
                    if (near == 0) continue;
                    nint filled = PackedProduct<V>.Filled(near);
                    if (nearKeys) FewQueries<V>.Scores(queries.Pointer, rows, keys, k.Row, shape.Size, near, scores.Pointer, wide * V.Element);
                    else PackedProduct<V>.Run(queries.Pointer + tile * size, size, V.Element, packedKeys.Pointer, shape.Size, scores.Pointer, wide * V.Element, height,
                        near, accumulate: false, filled: true);
                    for (nint i = 0; i < height; i++)
                    {
                        byte* s = scores.Pointer + i * wide * V.Element;
                        nint query = from + tile + i, seen = Math.Min(near, shape.Seen(query, first));
                        if (shape.Mask.Exist)
                        {
                            if (!alike) ScoreRows<V>.Mask(shape, head, query, first, count, mask);
                            ScoreRows<V>.Add(s, mask, filled);
                        }
                        ScoreRows<V>.Hide(s + seen * V.Element, filled - seen);
                        Next(s, filled, found.Pointer + (tile + i) * valueSize, valueSize / V.Element, ref greatest[tile + i], ref total[tile + i]);
                        if (!shape.Drops) continue;
                        ScoreRows<V>.Kept(shape, head, query, first, near, kept);
                        ScoreRows<V>.Multiply(s, kept, near);
                    }
                    if (nearValues) FewQueries<V>.Add(scores.Pointer, wide * V.Element, rows, values, v.Row, shape.ValueSize, near, found.Pointer);
                    else PackedProduct<V>.Run(scores.Pointer, wide * V.Element, V.Element, packedValues.Pointer, near, found.Pointer + tile * valueSize, valueSize, height,
                        shape.ValueSize, accumulate: true, filled: true, packed: count);
                }
            }
            for (nint i = 0; i < rows; i++)
            {
                Rows<V>.Scale(found.Pointer + i * valueSize, y[head] + (from + i) * y.Row, shape.ValueSize, total[i] == 0 ? 0 : 1 / total[i]);
                if (sums != null) Reducer.Write<V>(sums + (head * shape.Queries + from + i) * V.Element, total[i] == 0 ? double.PositiveInfinity : greatest[i] + OneNumber.Log(total[i]));
            }
        }

        /// <summary>Scores become weights by the greatest one so far, and what was found before moves to that.</summary>
        static void Next(byte* s, nint n, byte* found, nint values, ref double greatest, ref double total)
        {
            double most = Math.Max(greatest, RowReducer<V, Greatest>.Of(s, n));
            if (double.IsNegativeInfinity(most))                             // nothing is seen yet
            {
                new Span<byte>(s, checked((int)(n * V.Element))).Clear();
                return;
            }
            double sum = Rows<V>.Exponentials(s, s, n, most);
            if (most != greatest && total != 0)
            {
                double by = OneNumber.Exp(greatest - most);
                Rows<V>.Scale(found, found, values, by);
                total *= by;
            }
            total += sum;
            greatest = most;
        }
    }
}
