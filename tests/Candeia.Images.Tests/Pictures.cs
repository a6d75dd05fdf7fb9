using System.Runtime.InteropServices;

namespace Candeia.Images.Tests;

/// <summary>Images with something of everything: gradients, edges, noise.</summary>
static class Pictures
{
    public static readonly PixelFormat[] Formats = [PixelFormat.Gray, PixelFormat.GrayAlpha, PixelFormat.Rgb, PixelFormat.Rgba];

    public static Image Make(int width, int height, PixelFormat format, int bits = 8, int seed = 1)
    {
        var image = new Image(width, height, format, bits);
        var random = new Random(seed);
        random.NextBytes(image.Pixels[..(image.Pixels.Length / 4)]);
        for (int i = image.Pixels.Length / 4; i < image.Pixels.Length / 2; i++) image.Pixels[i] = (byte)(i / 3);
        for (int i = image.Pixels.Length / 2; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)(i % 37 < 3 ? 255 : 0);
        return image;
    }

    /// <summary>The form in which the expected hashes are given: RGBA, 16 bits, big-endian.</summary>
    public static byte[] Rgba16(Image image)
    {
        var bytes = new byte[image.Width * image.Height * 8];
        var wide = MemoryMarshal.Cast<byte, ushort>(image.BitsPerSample == 16 ? image.Pixels : default);
        int channels = image.Channels;
        for (int pixel = 0; pixel < image.Width * image.Height; pixel++)
        {
            for (int sample = 0; sample < 4; sample++)
            {
                bool opacity = sample == 3;
                int channel = opacity ? channels - 1 : channels < 3 ? 0 : sample;
                int at = pixel * channels + channel;
                int value = opacity && channels % 2 == 1 ? 65535 : image.BitsPerSample == 16 ? wide[at] : image.Pixels[at] * 257;
                (bytes[pixel * 8 + sample * 2], bytes[pixel * 8 + sample * 2 + 1]) = ((byte)(value >> 8), (byte)value);
            }
        }
        return bytes;
    }
}
