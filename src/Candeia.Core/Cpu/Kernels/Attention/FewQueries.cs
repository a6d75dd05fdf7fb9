namespace Candeia.Kernels;

/// <summary>
/// What few queries need of keys and values, as where a text is written letter by letter: these are read where they lie, for to pack them would take longer than what is
/// computed with them.
/// </summary>
internal static unsafe class FewQueries<V> where V : unmanaged, ISimd<V>
{
    /// <summary>Whether queries are so few.</summary>
    public static bool Are(nint queries) => queries <= DotKernel<V>.MaxRows;

    /// <summary>Whether keys are read where they lie.</summary>
    public static bool Reads(Heads keys) => keys.Step == V.Element;

    /// <summary>Whether values are, which needs whole panels.</summary>
    public static bool Reads(Heads values, nint size) => values.Step == V.Element && size % (Pack<V>.Panel / V.Element) == 0;

    /// <summary>The scores of some queries, whose rows have no gaps, for some keys. Rows of scores have room for whole panels.</summary>
    public static void Scores(byte* queries, nint count, byte* keys, nint row, nint size, nint many, byte* scores, nint scoresRow)
    {
        var t = new Dots { A = queries, ARow = size * V.Element, BRow = row, ToRow = scoresRow, Length = size };
        for (nint j = 0; j < many; j += 4)
        {
            t.B = keys + j * row;
            t.To = scores + j * V.Element;
            t.Columns = (int)Math.Min(4, many - j);
            DotKernel<V>.Of[count](t);
        }
    }

    /// <summary>Adds the values, each with its weight, to what was found for each query.</summary>
    public static void Add(byte* weights, nint weightsRow, nint count, byte* values, nint row, nint size, nint many, byte* found)
    {
        Product how = new() { Accumulate = true };
        var ending = new Ending<V>(how, true, true, null);
        for (nint at = 0; at < size * V.Element; at += Pack<V>.Panel)
        {
            var t = new ProductTile
            {
                Steps = many, A = weights, ARow = weightsRow, AStep = V.Element, B = values + at, BStep = row, C = found + at, CRow = size * V.Element, Ahead = values + at,
            };
            ending.Tile(t, (int)count, 0);
        }
    }
}
