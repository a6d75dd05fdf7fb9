namespace Candeia.Gpu;

/// <summary>
/// Products of matrices in tiles of 64 × 64, where the matrices are whatever two statements read: an image seen through a window is one. A statement knows
/// row <c>m</c>, column <c>n</c> and depth <c>k</c>, and the number <c>z</c> of the matrix; <c>v</c> is what it reads, and <c>s</c> the sum that the last one stores.
/// </summary>
internal static class Product
{
    const int Tile = 64, Depth = 16;

    /// <summary>The statements of a product.</summary>
    /// <param name="Name">What tells them from others.</param>
    /// <param name="Begin">Before the tile.</param>
    /// <param name="A">Sets v to the element of row m and depth k of the first matrix.</param>
    /// <param name="B">Sets v to the element of depth k and column n of the second matrix.</param>
    /// <param name="Store">Stores the sum s of row m and column n.</param>
    public readonly record struct Statements(string Name, string Begin, string A, string B, string Store);

    /// <summary>Runs <paramref name="count"/> products of [rows, depth] and [depth, columns].</summary>
    public static void Run(GpuDevice device, Statements statements, Parameters parameters, long rows, long columns, long depth, long count)
    {
        if (rows * columns * count == 0) return;
        parameters.Reach = Math.Max(parameters.Reach, Math.Max(Math.Max(rows, columns), depth));
        bool isLarge = parameters.AreLarge;
        var kernel = device.Kernels.Get($"product|{statements.Name}|{parameters.Key}", isLarge, () => Text(statements, parameters));
        long down = (rows + Tile - 1) / Tile, across = (columns + Tile - 1) / Tile;
        var launch = new Launch(device, isLarge).Index(rows).Index(columns).Index(depth).Wide(down).Wide(across);
        parameters.Add(launch);
        launch.Run(kernel, down * across * count, 256);
    }

    static string Text(Statements x, Parameters parameters) => $$"""
        {{parameters.Defines}}
        KERNEL void run(N ROWS, N COLUMNS, N DEPTH, i64 DOWN, i64 ACROSS, {{parameters.List}}) {
          LOCAL T sa[{{Depth * (Tile + 1)}}]; LOCAL T sb[{{Depth * Tile}}];
          const i32 t = THREAD, tx = t % 16, ty = t / 16;
          const i64 g = GROUP;
          const N m0 = (N)(g % DOWN) * {{Tile}}, n0 = (N)(g / DOWN % ACROSS) * {{Tile}}, z = (N)(g / DOWN / ACROSS);
          {{x.Begin}}
          T acc[16];
          for (i32 i = 0; i < 16; i++) acc[i] = 0;
          for (N k0 = 0; k0 < DEPTH; k0 += {{Depth}}) {
            for (i32 i = 0; i < 4; i++) {
              { const i32 e = t + 256 * i; const N k = k0 + e % {{Depth}}, m = m0 + e / {{Depth}}; T v = 0; if (k < DEPTH && m < ROWS) { {{x.A}} } sa[e % {{Depth}} * {{Tile + 1}} + e / {{Depth}}] = v; }
              { const i32 e = t + 256 * i; const N k = k0 + e / {{Tile}}, n = n0 + e % {{Tile}}; T v = 0; if (k < DEPTH && n < COLUMNS) { {{x.B}} } sb[e / {{Tile}} * {{Tile}} + e % {{Tile}}] = v; }
            }
            BARRIER;
            for (i32 q = 0; q < {{Depth}}; q++) {
              T u[4], w[4];
              for (i32 i = 0; i < 4; i++) { u[i] = sa[q * {{Tile + 1}} + ty * 4 + i]; w[i] = sb[q * {{Tile}} + tx + 16 * i]; }
              for (i32 i = 0; i < 4; i++) for (i32 j = 0; j < 4; j++) acc[i * 4 + j] += u[i] * w[j];
            }
            BARRIER;
          }
          for (i32 i = 0; i < 4; i++) for (i32 j = 0; j < 4; j++) {
            const N m = m0 + ty * 4 + i, n = n0 + tx + 16 * j;
            if (m < ROWS && n < COLUMNS) { T s = acc[i * 4 + j]; {{x.Store}} }
          }
        }
        """;
}
