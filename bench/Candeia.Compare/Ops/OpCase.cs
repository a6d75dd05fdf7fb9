namespace Candeia.Compare;

/// <summary>An op and what it is measured on.</summary>
/// <param name="Name">Its name in both tables.</param>
/// <param name="Shapes">Shapes of the operands.</param>
/// <param name="Layouts">Whether matrices lie column by column in memory too.</param>
sealed record OpCase(string Name, string[] Shapes, bool Layouts)
{
    static readonly string[] s_sizes = ["25x40", "1000x1000", "4000x4000"];

    // Ops on what is no matrix, or whose work is more than their elements, have shapes of their own.
    static readonly Dictionary<string, string[]> s_shapes = new()
    {
        ["einsum bij,bjk->bik"] = ["10x10x10", "100x100x100", "250x250x250"],
        ["fft"] = ["1024", "1024x1024", "1048576"], ["rfft"] = ["1024", "1024x1024", "1048576"],
        ["cholesky"] = Matrices, ["qr"] = Matrices, ["svd"] = Matrices, ["eigh"] = Matrices, ["solve"] = Matrices, ["inverse"] = Matrices, ["det"] = Matrices,
    };

    static string[] Matrices => ["1000x8x8", "512x512"];

    // Where all that counts is the order of one row, or layouts are what the op is about.
    static readonly HashSet<string> s_oneLayout = ["sort", "median", "unique", "bincount", "histc", "searchsorted", "add a row", "add a column", "matrix by vector"];

    public static IReadOnlyList<OpCase> All { get; } = [.. OurOps.All.Keys.Select(name =>
        new OpCase(name, s_shapes.GetValueOrDefault(name, s_sizes), !s_shapes.ContainsKey(name) && !s_oneLayout.Contains(name)))];
}
