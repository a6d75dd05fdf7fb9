namespace Candeia.Vision;

/// <summary>Where the places of a map are in their picture, as waves of many lengths: half of the numbers for rows, half for columns.</summary>
internal static class PicturePlaces
{
    const double Longest = 10_000, Around = 2 * Math.PI;

    /// <summary>The waves [n, rows · columns, channels], and which places lie outside of their picture [n, rows · columns]; null if none does.</summary>
    /// <param name="batch">The pictures, of which some are smaller than the batch.</param>
    /// <param name="map">Rows and columns of the map.</param>
    /// <param name="channels">A multiple of 4.</param>
    public static (Tensor Waves, Tensor? Outside) Of(PictureBatch batch, Size2d map, int channels)
    {
        int pictures = batch.Sizes.Count, half = channels / 2;
        float[] waves = new float[checked(pictures * map.Height * map.Width * channels)];
        bool[] outside = new bool[pictures * map.Height * map.Width];
        for (int p = 0, at = 0; p < pictures; p++)
        {
            int rows = Inside(map.Height, batch.Pictures.Shape[2], batch.Sizes[p].Height), columns = Inside(map.Width, batch.Pictures.Shape[3], batch.Sizes[p].Width);
            for (int y = 0; y < map.Height; y++)
            {
                for (int x = 0; x < map.Width; x++, at++)
                {
                    outside[at] = y >= rows || x >= columns;
                    Write(waves.AsSpan(at * channels, half), Part(y, rows));
                    Write(waves.AsSpan(at * channels + half, half), Part(x, columns));
                }
            }
        }
        return (Tensor.From(waves, [pictures, map.Height * map.Width, channels]), outside.Contains(true) ? Tensor.From(outside, [pictures, map.Height * map.Width]) : null);
    }

    /// <summary>How many places of a side are of the picture: those whose first pixel is.</summary>
    static int Inside(int places, int all, int picture) => Enumerable.Range(0, places).Count(i => (int)Math.Floor(i * ((float)all / places)) < picture);

    static double Part(int place, int all) => Math.Min(place + 1, all) / (all + 1e-6) * Around;

    static void Write(Span<float> to, double part)
    {
        for (int i = 0; i < to.Length; i += 2) (to[i], to[i + 1]) = ((float, float))Math.SinCos(part / Math.Pow(Longest, (double)i / to.Length));
    }
}
