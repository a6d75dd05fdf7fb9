namespace Candeia.Images;

/// <summary>
/// Movement as colours: the direction is the hue, the speed how strong it is (<see href="https://vision.middlebury.edu/flow/">Baker et al. 2011</see>).
/// </summary>
internal static class Flow
{
    /// <summary>The way round the circle: how many steps, which colour changes, and whether it grows.</summary>
    static readonly (int Steps, int Channel, bool Grows)[] s_parts = [(15, 1, true), (6, 0, false), (4, 2, true), (11, 1, false), (13, 0, true), (6, 2, false)];

    static readonly int[][] s_wheel = [.. Wheel()];

    /// <summary>A picture of movements [2, height, width]: to the right, and down.</summary>
    public static Image Show(Tensor flow)
    {
        int height = flow.Shape[1], width = flow.Shape[2], plane = height * width;
        double[] moves = flow.ToArray<double>();
        double fastest = 0;
        for (int i = 0; i < plane; i++) fastest = Math.Max(fastest, Math.Sqrt(moves[i] * moves[i] + moves[i + plane] * moves[i + plane]));
        fastest += 1e-6;                                                      // where nothing moves
        var image = new Image(width, height, PixelFormat.Rgb);
        for (int i = 0; i < plane; i++)
        {
            double right = moves[i] / fastest, down = moves[i + plane] / fastest, speed = Math.Sqrt(right * right + down * down);
            double at = (Math.Atan2(-down, -right) / Math.PI + 1) / 2 * (s_wheel.Length - 1);
            int before = Math.Clamp((int)Math.Floor(at), 0, s_wheel.Length - 1), after = (before + 1) % s_wheel.Length;
            for (int c = 0; c < 3; c++)
            {
                double hue = (1 - (at - before)) * s_wheel[before][c] / 255 + (at - before) * s_wheel[after][c] / 255;
                image.Pixels[3 * i + c] = (byte)Math.Clamp(Math.Floor(255 * (1 - speed * (1 - hue))), 0, 255);
            }
        }
        return image;
    }

    static IEnumerable<int[]> Wheel()
    {
        int[] colour = [255, 0, 0];
        foreach (var (steps, channel, grows) in s_parts)
        {
            for (int i = 0; i < steps; i++)
            {
                int[] now = [.. colour];
                now[channel] = grows ? 255 * i / steps : 255 - 255 * i / steps;
                yield return now;
            }
            colour[channel] = grows ? 255 : 0;
        }
    }
}
