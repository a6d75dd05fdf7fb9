namespace Candeia.Kernels;

/// <summary>
/// The gradients of attention. Weights are computed again from the logarithms of their sums, block by block; a block of keys meets all queries of its heads, so
/// that the gradients of keys and values are whole when it is done. Where there are few heads, the gradient of the queries is made by a second pass over
/// other items: what an item writes is its own, and in which order it adds follows from the shape.
/// </summary>
internal static unsafe class AttentionBackward
{
    const nint HeadsEnough = 8, Items = 32, QueryBlock = 56;    // heads that are shared out whole; items otherwise; queries at one time: tiles of 14, 6, …

    /// <param name="shape">The sizes.</param>
    /// <param name="q">Queries.</param>
    /// <param name="k">Keys.</param>
    /// <param name="v">Values.</param>
    /// <param name="y">What the forward pass has found.</param>
    /// <param name="sums">The logarithms of the sums.</param>
    /// <param name="dy">The gradient of that.</param>
    /// <param name="dq">The gradient of the queries, whose rows have no gaps; or none.</param>
    /// <param name="dk">Likewise.</param>
    /// <param name="dv">Likewise; those of keys and values come together.</param>
    public static void Run<T>(in AttentionShape shape, Heads q, Heads k, Heads v, Heads y, T* sums, Heads dy, Heads dq, Heads dk, Heads dv) where T : unmanaged =>
        Simd.Run<T, Call>(new(shape, q, k, v, y, sums, dy, dq, dk, dv));

    internal readonly struct Call(AttentionShape shape, Heads q, Heads k, Heads v, Heads y, void* sums, Heads dy, Heads dq, Heads dk, Heads dv) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            var work = new Work<V>(shape, q, k, v, y, (byte*)sums, dy, dq, dk, dv);
            if (dq.Exist && dk.Exist && shape.KeyHeads >= HeadsEnough) Workers.Run((int)shape.KeyHeads, new Whole<V>(work));
            else
            {
                if (dk.Exist) Workers.Run((int)shape.KeyHeads * Parts(shape.Keys, AttentionShape.Block), new OfKeys<V>(work, Parts(shape.Keys, AttentionShape.Block)));
                if (dq.Exist) Workers.Run((int)shape.Heads * Parts(shape.Queries, QueryBlock), new OfQueries<V>(work, Parts(shape.Queries, QueryBlock)));
            }
        }

        int Parts(nint length, nint block) => (int)Math.Clamp((Items + shape.KeyHeads - 1) / Math.Max(1, shape.KeyHeads), 1, Math.Max(1, length / block));
    }

    /// <summary>Where a part begins, in whole blocks.</summary>
    static nint Begin(nint length, nint block, nint part, nint parts) => Math.Min(length, new Cut((length + block - 1) / block, parts)[part] * block);

    readonly struct Whole<V>(Work<V> work) : IWork where V : unmanaged, ISimd<V>
    {
        public void Run(int item) => work.Run(item, 0, work.Shape.Group, 0, work.Shape.Keys, 0, work.Shape.Queries, ofQueries: true, ofKeys: true);
    }

    readonly struct OfKeys<V>(Work<V> work, int parts) : IWork where V : unmanaged, ISimd<V>
    {
        public void Run(int item)
        {
            nint n = work.Shape.Keys, part = item % parts;
            work.Run(item / parts, 0, work.Shape.Group, Begin(n, AttentionShape.Block, part, parts), Begin(n, AttentionShape.Block, part + 1, parts), 0, work.Shape.Queries,
                ofQueries: false, ofKeys: true);
        }
    }

    readonly struct OfQueries<V>(Work<V> work, int parts) : IWork where V : unmanaged, ISimd<V>
    {
        public void Run(int item)
        {
            nint n = work.Shape.Queries, part = item % parts, head = item / parts, group = head % work.Shape.Group;
            work.Run(head / work.Shape.Group, group, group + 1, 0, work.Shape.Keys, Begin(n, QueryBlock, part, parts), Begin(n, QueryBlock, part + 1, parts),
                ofQueries: true, ofKeys: false);
        }
    }

    readonly struct Work<V>(AttentionShape shape, Heads q, Heads k, Heads v, Heads y, byte* sums, Heads dy, Heads dq, Heads dk, Heads dv)
        where V : unmanaged, ISimd<V>
    {
        public AttentionShape Shape => shape;

        public void Run(nint keyHead, nint groupFrom, nint groupTo, nint keyFrom, nint keyTo, nint from, nint to, bool ofQueries, bool ofKeys)
        {
            nint size = shape.Size * V.Element, valueSize = shape.ValueSize * V.Element;
            nint sizeFilled = PackedProduct<V>.Filled(shape.Size) * V.Element, valueFilled = PackedProduct<V>.Filled(shape.ValueSize) * V.Element;
            nint most = Math.Min(AttentionShape.Block, shape.Keys), wide = PackedProduct<V>.Filled(most), score = wide * V.Element;
            using var keys = Scratch.Rent(PackedProduct<V>.Bytes(shape.Size, most));         // turned, for scores
            using var keyRows = Scratch.Rent(PackedProduct<V>.Bytes(most, shape.Size));      // as they are, for the gradient of queries
            using var values = Scratch.Rent(PackedProduct<V>.Bytes(shape.ValueSize, most));  // turned
            using var scores = Scratch.Rent((2 * QueryBlock + 2) * score);                   // weights and their gradients, a row of the mask and of what is kept
            using var queries = Scratch.Rent(QueryBlock * (size + valueSize));               // of the queries at hand, and gradients of what they found
            using var queryRows = Scratch.Rent(PackedProduct<V>.Bytes(QueryBlock, shape.Size) + PackedProduct<V>.Bytes(QueryBlock, shape.ValueSize));
            using var sum = Scratch.Rent(most * (sizeFilled + valueFilled));                 // the gradients of keys and values
            byte* weights = scores.Pointer, slopes = weights + QueryBlock * score, mask = slopes + QueryBlock * score, kept = mask + score;
            byte* gradients = queries.Pointer + QueryBlock * size, gradientRows = queryRows.Pointer + PackedProduct<V>.Bytes(QueryBlock, shape.Size);
            byte* sumKeys = sum.Pointer, sumValues = sumKeys + most * sizeFilled;
            if (ofQueries && keyFrom == keyTo)
                for (nint g = groupFrom; g < groupTo; g++)
                    for (nint i = from; i < to; i++) new Span<byte>(dq[keyHead * shape.Group + g] + i * dq.Row, (int)size).Clear();
            for (nint first = keyFrom; first < keyTo; first += AttentionShape.Block)
            {
                nint count = Math.Min(AttentionShape.Block, keyTo - first);
                byte* key = k[keyHead] + first * k.Row, value = v[keyHead] + first * v.Row;
                Pack<V>.Columns(key, k.Step, k.Row, shape.Size, count, keys.Pointer);
                Pack<V>.Columns(value, v.Step, v.Row, shape.ValueSize, count, values.Pointer);
                if (ofQueries) Pack<V>.Columns(key, k.Row, k.Step, count, shape.Size, keyRows.Pointer);
                if (ofKeys) new Span<byte>(sum.Pointer, checked((int)(count * sizeFilled))).Clear();
                if (ofKeys) new Span<byte>(sumValues, checked((int)(count * valueFilled))).Clear();
                if (shape.Mask.Exist) new Span<byte>(mask, checked((int)score)).Clear();
                for (nint head = keyHead * shape.Group + groupFrom; head < keyHead * shape.Group + groupTo; head++)
                {
                    bool alike = shape.Mask.Exist && shape.Mask.Row == 0;
                    if (alike) ScoreRows<V>.Mask(shape, head, 0, first, count, mask);
                    for (nint query = from; query < to; query += QueryBlock)
                    {
                        nint rows = Math.Min(QueryBlock, to - query);
                        nint near = Math.Min(count, shape.Seen(query + rows - 1, first)), filled = PackedProduct<V>.Filled(near);     // what none of them sees weighs nothing
                        if (near == 0) continue;
                        for (nint i = 0; i < rows; i++)
                        {
                            ScoreRows<V>.Gather(q[head] + (query + i) * q.Row, q.Step, queries.Pointer + i * size, shape.Size, shape.Scale);
                            ScoreRows<V>.Gather(dy[head] + (query + i) * dy.Row, dy.Step, gradients + i * valueSize, shape.ValueSize, 1);
                        }
                        PackedProduct<V>.Run(queries.Pointer, size, V.Element, keys.Pointer, shape.Size, weights, score, rows, near, accumulate: false, filled: true);
                        PackedProduct<V>.Run(gradients, valueSize, V.Element, values.Pointer, shape.ValueSize, slopes, score, rows, near, accumulate: false, filled: true);
                        for (nint i = 0; i < rows; i++)
                            Slopes(head, query + i, first, near, filled, weights + i * score, slopes + i * score, mask, kept, gradients + i * valueSize);
                        if (ofKeys)
                        {
                            Pack<V>.Columns(gradients, valueSize, V.Element, rows, shape.ValueSize, gradientRows);
                            PackedProduct<V>.Run(weights, V.Element, score, gradientRows, rows, sumValues, valueFilled, near, shape.ValueSize, accumulate: true, filled: true);
                            Pack<V>.Columns(queries.Pointer, size, V.Element, rows, shape.Size, queryRows.Pointer);
                            PackedProduct<V>.Run(slopes, V.Element, score, queryRows.Pointer, rows, sumKeys, sizeFilled, near, shape.Size, accumulate: true, filled: true);
                        }
                        if (ofQueries)
                            PackedProduct<V>.Run(slopes, score, V.Element, keyRows.Pointer, near, dq[head] + query * dq.Row, dq.Row, rows, shape.Size, accumulate: first > 0,
                                packed: count);
                    }
                }
                if (!ofKeys) continue;
                for (nint i = 0; i < count; i++)
                {
                    Rows<V>.Scale(sumKeys + i * sizeFilled, dk[keyHead] + (first + i) * dk.Row, shape.Size, 1);
                    Rows<V>.Scale(sumValues + i * valueFilled, dv[keyHead] + (first + i) * dv.Row, shape.ValueSize, 1);
                }
            }
            if (ofQueries)
                for (nint head = keyHead * shape.Group + groupFrom; head < keyHead * shape.Group + groupTo; head++)
                    for (nint i = from; i < to; i++) Rows<V>.Scale(dq[head] + i * dq.Row, dq[head] + i * dq.Row, shape.Size, shape.Scale);
        }

        /// <summary>Scores become weights, and the gradients of weights those of scores.</summary>
        void Slopes(nint head, nint query, nint first, nint count, nint filled, byte* weights, byte* slopes, byte* mask, byte* kept, byte* gradient)
        {
            nint seen = Math.Min(count, shape.Seen(query, first));
            if (shape.Mask.Exist)
            {
                if (shape.Mask.Row != 0) ScoreRows<V>.Mask(shape, head, query, first, count, mask);
                ScoreRows<V>.Add(weights, mask, filled);
            }
            ScoreRows<V>.Hide(weights + seen * V.Element, filled - seen);
            double log = Reducer.Read<V>(sums + (head * shape.Queries + query) * V.Element);
            _ = Rows<V>.Exponentials(weights, weights, filled, log);
            byte* found = y[head] + query * y.Row;
            double mean = Rows<V>.Dot(gradient, found, shape.ValueSize);
            if (shape.Drops)
            {
                ScoreRows<V>.Kept(shape, head, query, first, count, kept);
                ScoreRows<V>.Multiply(slopes, kept, count);
            }
            Rows<V>.ShiftAndMultiply(weights, slopes, slopes, filled, mean);
            if (shape.Drops) ScoreRows<V>.Multiply(weights, kept, count);
        }
    }
}
