using Candeia.Data;

namespace Candeia.Experiments;

/// <summary>
/// The symmetries of the square on a scatterplot: a mirror exchanges rising and falling, so the correlation changes its sign; exchanging x and y
/// leaves it as it is. Frame and margins stay in their place; what is turned is the square of 126×126 pixels in which points can lie.
/// </summary>
static class Symmetries
{
    const int Width = 130, Top = 3, Left = 1, Size = 126;

    /// <summary>Each item in one of its eight forms, another one in each epoch.</summary>
    public static Dataset<Sample> Augment(Dataset<Sample> data) => data.Map((sample, random) => Turn(sample, random.NextInt(8)));

    /// <summary>An item [1, 130, 130] in a form: bit 0 mirrors left and right, bit 1 up and down, bit 2 exchanges x and y.</summary>
    public static Sample Turn(Sample sample, int form)
    {
        bool across = (form & 1) != 0, down = (form & 2) != 0, transposed = (form & 4) != 0;
        float[] from = sample.X.ToArray<float>(), to = [.. from];
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                // x grows to the right and y upwards, so they are exchanged along the rising diagonal.
                var (row, column) = transposed ? (Size - 1 - j, Size - 1 - i) : (i, j);
                if (down) row = Size - 1 - row;
                if (across) column = Size - 1 - column;
                to[(Top + i) * Width + Left + j] = from[(Top + row) * Width + Left + column];
            }
        }
        var x = Tensor.From(to, sample.X.Shape);
        return sample with { X = x, Y = across != down ? -sample.Y : sample.Y };
    }
}
