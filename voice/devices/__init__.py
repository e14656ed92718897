"""Microphones and headphones: real devices, which may fail at any moment, and ones read from a file or scripted.

Input and output are separate streams: one duplex stream adds 100 ms and underflows. Only `portaudio` imports
sounddevice, and lazily. `watchdog` describes what PortAudio does when a device dies, which is why everything here has a
time limit.
"""
