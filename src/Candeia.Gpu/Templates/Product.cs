namespace Candeia.Gpu;

/// <summary>
/// Products of matrices in tiles of 64 × 64, where the matrices are whatever two statements read: an image seen through a window is one. A statement knows
/// row <c>m</c>, column <c>n</c> and depth <c>k</c>, and the number <c>z</c> of the matrix; <c>v</c> is what it reads, and <c>s</c> the sum that the last one stores.
/// </summary>
internal static class Product
{
    const int Tile = 64, Depth = 16, Deep = 2048, Piece = 512, Busy = 128;

    /// <summary>The statements of a product.</summary>
    /// <param name="Name">What tells them from others.</param>
    /// <param name="Begin">Before the tile.</param>
    /// <param name="A">Sets v to the element of row m and depth k of the first matrix.</param>
    /// <param name="B">Sets v to the element of depth k and column n of the second matrix.</param>
    /// <param name="Store">Stores the sum s of row m and column n.</param>
    /// <param name="Pairs">
    /// Where it is given, four rows from m on are stored at once: the sums are s0 … s3, and Store may set <c>bits</c> to four of them. Of two columns from n on these are <c>both</c>, which
    /// this statement stores.
    /// </param>
    public readonly record struct Statements(string Name, string Begin, string A, string B, string Store, string? Pairs = null);

    /// <summary>Runs <paramref name="count"/> products of [rows, depth] and [depth, columns].</summary>
    public static void Run(GpuDevice device, Statements statements, Parameters parameters, long rows, long columns, long depth, long count)
    {
        if (rows * columns * count == 0) return;
        parameters.Reach = Math.Max(parameters.Reach, Math.Max(Math.Max(rows, columns), depth));
        long down = (rows + Tile - 1) / Tile, across = (columns + Tile - 1) / Tile, tiles = down * across * count;
        int pieces = statements.Pairs is not null || depth < Deep ? 1 : (int)Math.Clamp(Busy / tiles, 1, depth / Piece);
        long piece = pieces == 1 ? depth : (depth + pieces * Depth - 1) / (pieces * Depth) * Depth;
        Operand? sums = pieces == 1 ? null : device.Scratch(Layout.Of(Shape.Create([pieces, checked((int)(rows * columns * count))])), parameters.Type);
        bool isLarge = parameters.AreLarge || pieces * rows * columns * count > Launch.Large;
        var kernel = device.Kernels.Get($"product|{statements.Name}|{pieces > 1}|{parameters.Key}", isLarge, () => Text(statements, parameters, isWhole: pieces == 1));
        var launch = new Launch(device, isLarge).Index(rows).Index(columns).Index(depth).Wide(down).Wide(across);
        if (sums is { } parts) launch.Memory(parts).Index(piece).Wide(pieces).Index(count);
        parameters.Add(launch);
        launch.Run(kernel, tiles * pieces, 256);
        if (sums is { } all) Together(device, statements, parameters.Input("PARTS", all).Size("ROWS", rows).Size("COLUMNS", columns).Size("PIECES", pieces), rows * columns * count);
    }

    /// <summary>Adds the sums of the pieces of a depth, in their order, and stores them.</summary>
    static void Together(GpuDevice device, Statements x, Parameters parameters, long count) => Each.Run(device, "together " + x.Name, $$"""
        const N n = e % COLUMNS, m = e / COLUMNS % ROWS, z = e / COLUMNS / ROWS;
        {{x.Begin}}
        T s = 0;
        for (N q = 0; q < PIECES; q++) s += PARTS(q * count + e);
        {{x.Store}}
        """, parameters, count);

    static string Text(Statements x, Parameters parameters, bool isWhole) => $$"""
        {{parameters.Defines}}
        KERNEL void run(N ROWS, N COLUMNS, N DEPTH, i64 DOWN, i64 ACROSS, {{(isWhole ? "" : "GLOBAL T* parts, N PIECE, i64 PIECES, N COUNT, ")}}{{parameters.List}}) {
          LOCAL T sa[{{Depth * (Tile + 1)}}]; LOCAL T sb[{{Depth * Tile}}];
          const i32 t = THREAD, tx = t % 16, ty = t / 16;
          {{(isWhole ? "const i64 g = GROUP; const N FROM = 0, TO = DEPTH;"
            : "const i64 g = GROUP / PIECES; const N FROM = (N)(GROUP % PIECES) * PIECE, TO = FROM + PIECE < DEPTH ? FROM + PIECE : DEPTH;")}}
          const N m0 = (N)(g % DOWN) * {{Tile}}, n0 = (N)(g / DOWN % ACROSS) * {{Tile}}, z = (N)(g / DOWN / ACROSS);
          {{x.Begin}}
          T acc[16];
          for (i32 i = 0; i < 16; i++) acc[i] = 0;
          for (N k0 = FROM; k0 < TO; k0 += {{Depth}}) {
            for (i32 i = 0; i < 4; i++) {
              { const i32 e = t + 256 * i; const N k = k0 + e % {{Depth}}, m = m0 + e / {{Depth}}; T v = 0; if (k < TO && m < ROWS) { {{x.A}} } sa[e % {{Depth}} * {{Tile + 1}} + e / {{Depth}}] = v; }
              { const i32 e = t + 256 * i; const N k = k0 + e / {{Tile}}, n = n0 + e % {{Tile}}; T v = 0; if (k < TO && n < COLUMNS) { {{x.B}} } sb[e / {{Tile}} * {{Tile}} + e % {{Tile}}] = v; }
            }
            BARRIER;
            for (i32 q = 0; q < {{Depth}}; q++) {
              T u[4], w[4];
              for (i32 i = 0; i < 4; i++) { u[i] = sa[q * {{Tile + 1}} + ty * 4 + i]; w[i] = sb[q * {{Tile}} + {{(x.Pairs is null ? "tx + 16 * i" : "tx * 4 + i")}}]; }
              for (i32 i = 0; i < 4; i++) for (i32 j = 0; j < 4; j++) acc[i * 4 + j] += u[i] * w[j];
            }
            BARRIER;
          }
          {{(x.Pairs is null ? One(isWhole ? x.Store : "parts[(((GROUP % PIECES) * COUNT + z) * ROWS + m) * COLUMNS + n] = s;") : Four(x))}}
        }
        """;

    static string One(string store) => $$"""
        for (i32 i = 0; i < 4; i++) for (i32 j = 0; j < 4; j++) {
          const N m = m0 + ty * 4 + i, n = n0 + tx + 16 * j;
          if (m < ROWS && n < COLUMNS) { T s = acc[i * 4 + j]; {{store}} }
        }
        """;

    static string Four(Statements x) => $$"""
        const N m = m0 + ty * 4;
        i32 four[4];
        for (i32 j = 0; j < 4; j++) {
          const N n = n0 + tx * 4 + j;
          i32 bits = 0;
          if (m < ROWS && n < COLUMNS) { T s0 = acc[j], s1 = acc[4 + j], s2 = acc[8 + j], s3 = acc[12 + j]; {{x.Store}} }
          four[j] = bits;
        }
        for (i32 j = 0; j < 4; j += 2) {
          const N n = n0 + tx * 4 + j;
          const u8 both = (u8)(four[j] | four[j + 1] << 4);
          if (m < ROWS && n < COLUMNS) { {{x.Pairs}} }
        }
        """;
}
